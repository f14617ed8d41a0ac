// Before the first paint, so that a dark page never flashes white.
try {
  const { settings } = JSON.parse(localStorage.getItem("paritas.workbench") ?? "{}");
  if (settings?.theme === "light" || settings?.theme === "dark")
    document.documentElement.dataset.theme = settings.theme;
} catch {
  // The system's choice stands.
}

// Thoughts of whole texts.
#include <utility>

#include "paritas/stream/thinking_filter.hpp"
#include "thinking_machine.hpp"

namespace paritas {
namespace {

/// Keeps the markers, and nothing else.
struct Markers {
  void text(bool, std::string_view) {}
  void opened(const ThinkingMarker& marker) { found.push_back(marker); }
  void closed(const ThinkingMarker& marker) { found.push_back(marker); }
  void orphan(const ThinkingMarker& marker) { found.push_back(marker); }
  void channel(const ThinkingMarker& marker) { found.push_back(marker); }
  std::vector<ThinkingMarker> found;
};

struct Kept : Markers {
  explicit Kept(bool also_thinking) : with_thinking(also_thinking) {}
  void text(bool thinking, std::string_view part) {
    if (!thinking || with_thinking) out.append(part);
  }
  bool with_thinking;
  std::string out;
};

/// The parts of a text between its markers.
struct Parts : Markers {
  struct Part {
    bool thinking;
    std::string text = {};
  };
  explicit Parts(OrphanClose wanted) : orphans(wanted) {}
  void text(bool, std::string_view part) { parts.back().text.append(part); }
  void opened(const ThinkingMarker&) { parts.push_back({true}); }
  void closed(const ThinkingMarker&) { parts.push_back({false}); }
  void orphan(const ThinkingMarker&) {
    if (std::exchange(orphans, OrphanClose::drop) != OrphanClose::thinking) return;
    for (Part& part : parts) part.thinking = true;
    parts.push_back({false});
  }
  OrphanClose orphans;
  std::vector<Part> parts{{false}};
};

template <class Sink>
Sink read(std::string_view text, Sink sink, bool keep_orphans = false) {
  ThinkingMachine machine(MarkerTable::create().value(), {.keep_orphans = keep_orphans});
  machine.read(text, true, sink);
  return sink;
}

}  // namespace

std::string strip_thinking_tokens(std::string_view text) { return read(text, Kept(true)).out; }

std::string remove_thinking(std::string_view text) { return read(text, Kept(false)).out; }

bool contains_thinking_tokens(std::string_view text) { return !find_thinking_tokens(text).empty(); }

std::vector<ThinkingMarker> find_thinking_tokens(std::string_view text) { return read(text, Markers{}).found; }

ThinkingContent extract_thinking_content(std::string_view text, OrphanClose orphans) {
  ThinkingContent out;
  for (const Parts::Part& part : read(text, Parts(orphans), orphans == OrphanClose::text).parts) {
    if (!part.thinking) {
      out.main += part.text;
    } else if (!part.text.empty()) {
      if (!out.thinking.empty()) out.thinking += '\n';
      out.thinking += part.text;
    }
  }
  return out;
}

}  // namespace paritas

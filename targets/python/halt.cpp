#include "halt.hpp"

#include <array>
#include <limits>

#include "bindings.hpp"
#include "records.hpp"

namespace paritas::python {

/// A token: the str itself, which is what an event tells, and its UTF-8.
struct Token {
  py::handle object;
  Text utf8;
  void read(py::handle text) {
    utf8.read(text);
    object = text;
  }
};

/// A score or None. What is no number counts as NaN: it is an invalid score, not a mistake of the caller's.
struct Score {
  std::optional<double> value;
  void read(py::handle number) {
    if (PyFloat_CheckExact(number.ptr())) {
      value = PyFloat_AS_DOUBLE(number.ptr());
    } else if (PyBool_Check(number.ptr())) {
      value = number.ptr() == Py_True ? 1.0 : 0.0;
    } else if (!number.is_none()) {
      value = number_of(number).value_or(std::numeric_limits<double>::quiet_NaN());
    }
  }
};

/// Seconds or None.
struct Seconds {
  std::optional<double> value;
  void read(py::handle number) {
    if (number.is_none()) return;
    value = number_of(number);
    if (!value) raise_type("a number", number);
  }
};

}  // namespace paritas::python

namespace pybind11::detail {

template <>
struct type_caster<paritas::python::Token> : paritas_caster<paritas::python::Token> {
  static constexpr auto name = const_name("str");
};
template <>
struct type_caster<paritas::python::Score> : paritas_caster<paritas::python::Score> {
  static constexpr auto name = const_name("float | None");
};
template <>
struct type_caster<paritas::python::Seconds> : paritas_caster<paritas::python::Seconds> {
  static constexpr auto name = const_name("float | None");
};

}  // namespace pybind11::detail

namespace paritas::python {
namespace {

constexpr const char* kModule = "paritas.results_stream";
constexpr std::size_t kCodes = static_cast<std::size_t>(HaltCode::closed) + 1;

py::str to_str(std::string_view text) { return {text.data(), text.size()}; }

/// The names of the codes, made once.
const py::object& name_of(HaltCode code) {
  static const auto* names = [] {
    auto* made = new std::array<py::object, kCodes>;  // lives as long as the process
    for (std::size_t i = 0; i < kCodes; ++i) (*made)[i] = to_str(name(static_cast<HaltCode>(i)));
    return made;
  }();
  return (*names)[static_cast<std::size_t>(code)];
}

HaltCode code_of(std::string_view wanted) {
  for (std::size_t i = 1; i < kCodes; ++i) {
    if (name(static_cast<HaltCode>(i)) == wanted) return static_cast<HaltCode>(i);
  }
  raise({ErrorCode::invalid_argument, "no halt has this code: " + std::string(wanted)});
}

/// The monitor and the records of its stream.
class Monitor {
 public:
  Monitor(const HaltConfig& config, py::object on_halt)
      : monitor_(unwrap(HaltMonitor::create(config))), on_halt_(std::move(on_halt)) {
    clear();
  }

  HaltMonitor& core() { return monitor_; }
  [[nodiscard]] const HaltMonitor& core() const { return monitor_; }

  py::object process_token(const Token& token, const Score& score, const Seconds& now) {
    const HaltStep step = monitor_.process_token(token.utf8, score.value, now.value);
    return event(token.object, token.utf8, step);
  }

  bool check_halt(const py::object& score) {
    Score read;
    read.read(score);
    const double value = read.value.value_or(std::numeric_limits<double>::quiet_NaN());
    const HaltStep step = monitor_.process_token({}, value);
    event(name_of(HaltCode::none), {}, step);
    return step.halted || step.soft_pending;
  }

  py::object fail(std::string_view code, double value, std::string_view detail, const Token& token) {
    const HaltStep step = monitor_.fail(code_of(code), value, detail, token.utf8);
    return event(token.object, token.utf8, step);
  }

  py::object finish() {
    const HaltStep step = monitor_.finish();
    if (!step.recorded || (!step.halted && step.emit.empty())) return py::none();
    return event(name_of(HaltCode::none), {}, step);
  }

  void reset() {
    monitor_.reset();
    clear();
  }

  void restore(std::string_view data) {
    unwrap(monitor_.restore_state(data));
    clear();
  }

  [[nodiscard]] py::object session() const {
    static const Record record("HaltSummary", kModule);
    const HaltSummary s = monitor_.summary();
    const auto integer = [](std::uint64_t value) { return static_cast<std::size_t>(value); };
    const py::object summary =
        record.make(integer(s.token_count), s.halted, s.soft_halted, static_cast<int>(s.halt_index),
                    monitor_.reason(s.code), py::object(name_of(s.code)), integer(s.warning_count),
                    integer(s.invalid_count), integer(s.unchecked_count), s.avg_coherence, s.min_coherence, s.elapsed);
    return py::module_::import(kModule).attr("StreamSession")(summary, events_, debug_log_, errors_, evidence_,
                                                              s.token_count - before_);
  }

 private:
  void clear() {
    events_ = py::list();
    debug_log_ = py::list();
    errors_ = py::list();
    evidence_ = py::none();
    before_ = monitor_.summary().token_count;
  }

  py::object event(py::handle token, std::string_view utf8, const HaltStep& step) {
    const HaltConfig& config = monitor_.config();
    if (step.halted && step.recorded) evidence_ = explain(step);
    static const Record record("TokenEvent", kModule);
    const py::object& empty = name_of(HaltCode::none);
    // In the usual case what is emitted is the token, and the same object.
    py::object emit = step.emit.empty()                 ? empty
                      : step.emit.data() == utf8.data() ? py::reinterpret_borrow<py::object>(token)
                                                        : py::object(to_str(step.emit));
    py::object reason = step.code == HaltCode::none ? empty : py::object(to_str(monitor_.reason(step.code)));
    py::object out = record.make(static_cast<std::size_t>(step.index), py::reinterpret_borrow<py::object>(token),
                                 step.score, step.scored, step.halted, step.warning, step.soft_pending, std::move(emit),
                                 std::move(reason), py::object(name_of(step.code)), step.window_mean, step.trend_drop,
                                 step.now, step.halted ? evidence_ : py::none());
    // Text and numbers alone can be in no cycle: the collector need not walk over all events of a long stream again.
    if (!step.halted && PyUnicode_CheckExact(token.ptr())) PyObject_GC_UnTrack(out.ptr());
    if (!step.recorded) return out;
    if (config.debug) log(step);
    if (config.keep_history && PyList_Append(events_.ptr(), out.ptr()) != 0) throw py::error_already_set();
    if (step.halted && !on_halt_.is_none()) tell();
    return out;
  }

  void tell() {
    try {
      on_halt_(session());
    } catch (py::error_already_set& error) {
      if (!error.matches(PyExc_Exception)) throw;  // KeyboardInterrupt
      errors_.append(error.value());
    }
  }

  void log(const HaltStep& step) {
    py::dict entry;
    entry["index"] = step.index;
    entry["coherence"] = step.score;
    entry["window_avg"] = step.window_mean;
    entry["trend_drop"] = step.trend_drop;
    entry["se"] = monitor_.trend_se();
    entry["accepted_tokens"] = monitor_.summary().accepted;
    debug_log_.append(entry);
  }

  [[nodiscard]] py::object explain(const HaltStep& step) const {
    static const Record record("HaltEvidence", kModule), span("Span");
    const HaltSummary s = monitor_.summary();
    const auto window = monitor_.window();
    const auto place = [](std::uint64_t value) { return static_cast<std::size_t>(value); };
    return record.make(py::object(name_of(step.code)), monitor_.reason(step.code), static_cast<int>(s.halt_index),
                       step.score, step.window_mean, step.trend_drop, monitor_.trend_se(),
                       py::object(list_of(window, [](double score) { return py::float_(score); })),
                       monitor_.text_tail(),
                       span.make(place(s.token_start.code_points), place(s.token_end.code_points)),
                       py::object(py::list()), py::object(py::list()), suggested_action(step.code));
  }

  HaltMonitor monitor_;
  py::object on_halt_;
  py::list events_, debug_log_, errors_;
  py::object evidence_;
  std::uint64_t before_ = 0;  // tokens of a restored stream, which are in no list
};

std::unique_ptr<Monitor> create(const py::object& config, const py::object& on_halt, const py::kwargs& fields) {
  HaltConfig base;
  if (!config.is_none()) {
    if (!py::isinstance<HaltConfig>(config)) raise_type("a HaltConfig", config);
    base = config.cast<const HaltConfig&>();
  }
  return std::make_unique<Monitor>(with_fields(base, fields), on_halt);
}

void restore_state(Monitor& self, const py::object& data) {
  Py_buffer buffer;
  if (PyObject_GetBuffer(data.ptr(), &buffer, PyBUF_SIMPLE) != 0) {
    PyErr_Clear();
    raise_type("bytes", data);
  }
  const std::string copy(static_cast<const char*>(buffer.buf), static_cast<std::size_t>(buffer.len));
  PyBuffer_Release(&buffer);
  self.restore(copy);
}

}  // namespace

void bind_halt(py::module_& m) {
  bind_halt_config(m);
  py::class_<Monitor>(m, "HaltMonitor",
                      R"(Watches the scores of one running answer and says, token by token, whether it may go on.

config:  a HaltConfig; any of its fields can be given by name too
on_halt: called once with the StreamSession of a halt; its exceptions are collected in session.errors
Errors:  invalid_argument for a field out of its range

Whatever cannot be judged halts: NaN, infinity, a missing score. A halt is final until reset. Memory is constant in the
number of tokens but for the session's lists, which keep_history=False leaves out.)")
      .def(py::init(&create), py::arg("config") = py::none(), py::kw_only(), py::arg("on_halt") = py::none())
      .def_property_readonly("config", [](const Monitor& self) { return self.core().config(); })
      .def("process_token", &Monitor::process_token, py::arg("token"), py::arg("score") = py::none(),
           py::arg("now") = py::none(),
           R"(One step: a TokenEvent.

token: a str; empty is legal
score: 0 to 1; None: not scored, the last score holds; what is no number counts as NaN
now:   seconds since the start; None: no clock)")
      .def("check_halt", &Monitor::check_halt, py::arg("score"),
           "The same rules for a score without text; True also while a soft halt is pending.")
      .def(
          "wants_score", [](const Monitor& self) { return self.core().wants_score(); },
          "Whether the next token needs a score.")
      .def("_finish", &Monitor::finish, "The event of what the end has released or halted.")
      .def(
          "finish",
          [](Monitor& self) {
            self.finish();
            return self.session();
          },
          "Ends the stream and releases what was held back; later tokens get the code \"closed\".")
      .def("reset", &Monitor::reset, "Makes it equal to a new one.")
      .def(
          "_fail",
          [](Monitor& self, const Text& code, double value, const Text& detail, const Token& token) {
            return self.fail(code, value, detail, token);
          },
          py::arg("code"), py::arg("value"), py::arg("detail") = "", py::arg("token") = "",
          "A halt that the host has seen, such as a callback that failed.")
      .def_property_readonly("session", &Monitor::session, "What has happened so far; built anew by each access.")
      .def(
          "stream_output",
          [](const py::object& self, const py::object& tokens, const py::object& callback) {
            return py::module_::import("paritas.streaming").attr("stream_output")(self, tokens, callback);
          },
          py::arg("tokens"), py::arg("callback"),
          "The accepted text of a whole stream; after a halt \"[HALT: <reason>]\" follows on a line of its own.")
      .def_property_readonly("is_active", [](const Monitor& self) { return self.core().is_active(); })
      .def(
          "emergency_stop", [](Monitor& self) { self.core().emergency_stop(); },
          "The next token halts with \"kernel_inactive\".")
      .def(
          "reactivate", [](Monitor& self) { self.core().reactivate(); },
          "Takes an emergency stop back; a stream that was halted stays so until reset.")
      .def(
          "save_state", [](const Monitor& self) { return py::bytes(self.core().save_state()); },
          "All that the rules need to go on elsewhere, on any target; the session's lists are no part of it.")
      .def("restore_state", &restore_state, py::arg("data"),
           "Goes on where save_state was called. Errors: corrupt_data, and nothing has changed.");
}

}  // namespace paritas::python

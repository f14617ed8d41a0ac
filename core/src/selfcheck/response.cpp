#include "paritas/match/response.hpp"

#include "features.hpp"
#include "texts.hpp"

namespace paritas {

void check_response(Random& random, Digest& digest) {
  constexpr std::string_view kPieces[] = {// Faults, their parts, and what stands beside them.
                                          "<tool_call>",
                                          "</tool_call>",
                                          "<function_call",
                                          "[INST]",
                                          "FUNCTION_CALL {",
                                          "<|im_start|>",
                                          "<\xEF\xBD\x9C",
                                          "a\xE2\x96\x81_b",
                                          "\xEF\xBD\x9C>",
                                          "<|",
                                          "|>",
                                          "<think>",
                                          "</THINK>",
                                          "{\"name\": \"x\", \"arguments\": [1, {}]}",
                                          "{\"name\"",
                                          ": ",
                                          "{",
                                          "}",
                                          "do not surround it",
                                          "Required parameters",
                                          "I'm sorry, but ",
                                          "I can\xE2\x80\x99t",
                                          "we cannot",
                                          " help",
                                          "As an AI assistant",
                                          "aaaaaaaaaaaaaaaaaaaa",
                                          "--------------------",
                                          "ha\n",
                                          "yes and no yes and no ",
                                          "\xEF\xBF\xBD",
                                          "\xFF",
                                          "\xC3\x83\xC2\xA9",
                                          "\x07",
                                          "#$%&!?",
                                          "```",
                                          "~~~",
                                          "`",
                                          "\n",
                                          "\r\n",
                                          "\n\n\n\n",
                                          " ",
                                          ". ",
                                          "a@b.org",
                                          "127.0.0.1",
                                          "password: hunter2222",
                                          "<b>",
                                          "< b",
                                          "word",
                                          "\xF0\x9D\x94\xB8",
                                          "\xE2\x80\x8B",
                                          "\xE2\x80"};
  const auto piece = [&] { return kPieces[static_cast<std::size_t>(random.below(std::size(kPieces)))]; };
  std::string text;
  for (std::uint64_t left = random.below(12); left > 0; --left) {
    const std::string_view next = piece();
    for (std::uint64_t times = random.below(8) == 0 ? 6 : 1; times > 0; --times) text += next;
  }
  ResponseRules rules;
  rules.respect_code = random.below(4) != 0;
  rules.max_length = static_cast<std::int64_t>(random.below(60));
  const std::string required(piece()), forbidden(piece());
  if (random.below(2) == 0) rules.required = {required};
  if (random.below(2) == 0) rules.forbidden = {forbidden, "a"};
  const ResponseValidator validator = ResponseValidator::build(rules).value();
  const ValidationResult result = validator.validate(text);
  const OffsetMap offsets(text);
  digest.add(result.ok);
  for (const Issue& issue : result.issues) {
    digest.add(name(issue.kind));
    digest.add(issue.rule);
    digest.add(name(issue.severity));
    digest.add(issue.span, offsets);
    digest.add(issue.message);
  }
  switch (random.below(4)) {  // each reads the text anew
    case 0:
      return digest.add(validator.sanitized(text));
    case 1:
      return digest.add(sanitize_response(text));
    case 2:
      return digest.add(is_garbage_content(text));
    default:
      return digest.add(strip_markup(text));
  }
}

}  // namespace paritas

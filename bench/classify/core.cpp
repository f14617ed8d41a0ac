// classify_task without a binding: nanoseconds for a request of 20 words, and the time of a megabyte of hostile text.
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <string>
#include <vector>

#include "paritas/match/classify.hpp"

namespace {

/// Processor time: others may be busy on the machine.
double now() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

template <class Call>
double median_of(int rounds, Call call) {
  std::vector<double> taken;
  for (int i = 0; i < rounds; ++i) {
    const double start = now();
    call();
    taken.push_back(now() - start);
  }
  std::nth_element(taken.begin(), taken.begin() + rounds / 2, taken.end());
  return taken[static_cast<std::size_t>(rounds) / 2];
}

}  // namespace

int main() {
  const paritas::TaskClassifier& classifier = paritas::TaskClassifier::standard();
  constexpr const char* kRequests[] = {
      "Please review the parser module and explain why the second pass drops tokens, then fix the bug and run all "
      "tests",
      "Could you have a look at the login page of our shop because customers say that the button does nothing at",
      "Don't run the tests yet, but add a short note to the changelog and commit what we have so far",
  };
  std::size_t seen = 0;
  std::printf("{\"requests\": [");
  for (const char* request : kRequests) {
    const double time = median_of(101, [&] {
      for (int i = 0; i < 1000; ++i) seen += classifier.classify(request).matches.size();
    });
    std::printf("%s%.0f", request == kRequests[0] ? "" : ", ", time * 1e6);
  }
  std::printf("], \"megabyte\": {");
  for (const char* piece : {"not ", "don't run ", "set ", "do not forget "}) {
    std::string text;
    while (text.size() < 1'000'000) text += piece;
    const double time = median_of(5, [&] { seen += classifier.classify(text).matches.size(); });
    std::printf("%s\"%s\": %.1f", piece == std::string("not ") ? "" : ", ", piece, time * 1e3);
  }
  const double made = median_of(21, [&] { seen += paritas::TaskClassifier::create().ok() ? 1 : 0; });
  std::printf("}, \"create\": %.0f, \"seen\": %zu}\n", made * 1e6, seen);
}

// Stands before RE2's own header of this name where there is one thread.
#ifndef UTIL_MUTEX_H_
#define UTIL_MUTEX_H_

namespace re2 {

class Mutex {
 public:
  void Lock() {}
  void Unlock() {}
  void ReaderLock() {}
  void ReaderUnlock() {}
  void WriterLock() {}
  void WriterUnlock() {}
};

struct MutexLock {
  explicit MutexLock(Mutex*) {}
};
struct ReaderMutexLock {
  explicit ReaderMutexLock(Mutex*) {}
};
struct WriterMutexLock {
  explicit WriterMutexLock(Mutex*) {}
};

}  // namespace re2

#endif  // UTIL_MUTEX_H_

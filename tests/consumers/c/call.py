"""Calls the installed library through ctypes: call.py LIBRARY VERSION."""

import ctypes
import sys


def main() -> int:
    library = ctypes.CDLL(sys.argv[1])
    library.paritas_version.restype = ctypes.c_char_p
    library.williams_space_bound.argtypes = [ctypes.c_size_t]
    library.williams_space_bound.restype = ctypes.c_double
    library.williams_confidence_multiplier.argtypes = [ctypes.c_size_t, ctypes.c_double]
    library.williams_confidence_multiplier.restype = ctypes.c_double
    checks = {
        "version": library.paritas_version() == sys.argv[2].encode(),
        "williams_space_bound": library.williams_space_bound(1000) == 315.14577009444031,
        "a negative int wraps": library.williams_space_bound(-5) == 2.0**32 * 64.0,
        "williams_confidence_multiplier": library.williams_confidence_multiplier(12, 0.85) == 0.85483143354280677,
    }
    for what, holds in checks.items():
        print("ok    " if holds else "FAILED", what)
    return 0 if all(checks.values()) else 1


if __name__ == "__main__":
    sys.exit(main())

"""XXH3-64 and XXH3-128 with a seed, as xxHash 0.8 defines them (doc/xxhash_spec.md and xxhash.h of that project)."""

_MASK32 = 0xFFFFFFFF
_MASK = 0xFFFFFFFFFFFFFFFF
_PRIME32_1 = 0x9E3779B1
_PRIME32_2 = 0x85EBCA77
_PRIME32_3 = 0xC2B2AE3D
_PRIME64_1 = 0x9E3779B185EBCA87
_PRIME64_2 = 0xC2B2AE3D27D4EB4F
_PRIME64_3 = 0x165667B19E3779F9
_PRIME64_4 = 0x85EBCA77C2B2AE63
_PRIME64_5 = 0x27D4EB2F165667C5
_PRIME_MX1 = 0x165667919E3779F9
_PRIME_MX2 = 0x9FB21C651E98DF25

_STRIPE = 64  # bytes that one step of a long input takes
_SECRET = bytes.fromhex(
    "b8fe6c3923a44bbe7c01812cf721ad1c"
    "ded46de9839097db7240a4a4b7b3671f"
    "cb79e64eccc0e578825ad07dccff7221"
    "b8084674f743248ee03590e6813a264c"
    "3c2852bb91c300cb88d0658b1b532ea3"
    "71644897a20df94e3819ef46a9deacd8"
    "a8fa763fe39c343ff9dcbbc7c70b4f1d"
    "8a51e04bcdb45931c89f7ec9d9787364"
    "eac5ac8334d3ebc3c581a0fffa1363eb"
    "170ddd51b7f0da49d316552629d4689e"
    "2b16be587d47a1fc8ff8b8d17ad031ce"
    "45cb3a8f95160428afd7fbcabb4b407e"
)


def xxh3_64(data: bytes, seed: int = 0) -> int:
    """XXH3 of some bytes in 64 bits; another seed is another hash function."""
    size = len(data)
    seed &= _MASK
    if size == 0:
        return _avalanche_xxh64(seed ^ _read64(_SECRET, 56) ^ _read64(_SECRET, 64))
    if size <= 3:
        flip = (_read32(_SECRET, 0) ^ _read32(_SECRET, 4)) + seed
        return _avalanche_xxh64(_tiny(data) ^ (flip & _MASK))
    if size <= 8:
        return _hash_4_to_8(data, seed)
    if size <= 16:
        flip_low = (_read64(_SECRET, 24) ^ _read64(_SECRET, 32)) + seed
        flip_high = (_read64(_SECRET, 40) ^ _read64(_SECRET, 48)) - seed
        low = _read64(data, 0) ^ (flip_low & _MASK)
        high = _read64(data, size - 8) ^ (flip_high & _MASK)
        return _avalanche(size + _swap64(low) + high + _fold(low, high))
    if size <= 128:
        total = size * _PRIME64_1
        for i in reversed(range((size + 31) // 32)):  # pairs of 16 bytes, from the middle of the input to its ends
            total += _mix16(data, 16 * i, _SECRET, 32 * i, seed)
            total += _mix16(data, size - 16 * (i + 1), _SECRET, 32 * i + 16, seed)
        return _avalanche(total)
    if size <= 240:
        total = size * _PRIME64_1
        for i in range(8):
            total += _mix16(data, 16 * i, _SECRET, 16 * i, seed)
        total = _avalanche(total)
        for i in range(8, size // 16):
            total += _mix16(data, 16 * i, _SECRET, 16 * (i - 8) + 3, seed)
        return _avalanche(total + _mix16(data, size - 16, _SECRET, 119, seed))
    lanes, secret = _long(data, seed)
    return _merge(lanes, secret, 11, size * _PRIME64_1)


def xxh3_128(data: bytes, seed: int = 0) -> int:
    """XXH3 of some bytes in 128 bits: the high half is `value >> 64`."""
    size = len(data)
    seed &= _MASK
    if size == 0:
        low = _avalanche_xxh64(seed ^ _read64(_SECRET, 64) ^ _read64(_SECRET, 72))
        high = _avalanche_xxh64(seed ^ _read64(_SECRET, 80) ^ _read64(_SECRET, 88))
    elif size <= 3:
        tiny = _tiny(data)
        swapped = int.from_bytes(tiny.to_bytes(4, "little"), "big")
        rotated = ((swapped << 13) | (swapped >> 19)) & _MASK32
        low = _avalanche_xxh64(tiny ^ (((_read32(_SECRET, 0) ^ _read32(_SECRET, 4)) + seed) & _MASK))
        high = _avalanche_xxh64(rotated ^ (((_read32(_SECRET, 8) ^ _read32(_SECRET, 12)) - seed) & _MASK))
    elif size <= 8:
        low, high = _hash128_4_to_8(data, seed)
    elif size <= 16:
        low, high = _hash128_9_to_16(data, seed)
    elif size <= 240:
        low, high = _hash128_17_to_240(data, seed)
    else:
        lanes, secret = _long(data, seed)
        low = _merge(lanes, secret, 11, size * _PRIME64_1)
        high = _merge(lanes, secret, len(secret) - 64 - 11, ~(size * _PRIME64_2))
    return high << 64 | low


def _hash_4_to_8(data: bytes, seed: int) -> int:
    seed = _seed_4_to_8(seed)
    flip = (_read64(_SECRET, 8) ^ _read64(_SECRET, 16)) - seed
    h = (_read32(data, len(data) - 4) + (_read32(data, 0) << 32)) ^ (flip & _MASK)
    h ^= _rotate64(h, 49) ^ _rotate64(h, 24)
    h = (h * _PRIME_MX2) & _MASK
    h = ((h ^ ((h >> 35) + len(data))) * _PRIME_MX2) & _MASK
    return h ^ (h >> 28)


def _hash128_4_to_8(data: bytes, seed: int) -> tuple[int, int]:
    seed = _seed_4_to_8(seed)
    flip = (_read64(_SECRET, 16) ^ _read64(_SECRET, 24)) + seed
    keyed = (_read32(data, 0) + (_read32(data, len(data) - 4) << 32)) ^ (flip & _MASK)
    product = keyed * (_PRIME64_1 + (len(data) << 2))
    low, high = product & _MASK, product >> 64
    high = (high + (low << 1)) & _MASK
    low ^= high >> 3
    low = ((low ^ (low >> 35)) * _PRIME_MX2) & _MASK
    return low ^ (low >> 28), _avalanche(high)


def _hash128_9_to_16(data: bytes, seed: int) -> tuple[int, int]:
    size = len(data)
    flip_low = ((_read64(_SECRET, 32) ^ _read64(_SECRET, 40)) - seed) & _MASK
    flip_high = ((_read64(_SECRET, 48) ^ _read64(_SECRET, 56)) + seed) & _MASK
    first, last = _read64(data, 0), _read64(data, size - 8)
    product = (first ^ last ^ flip_low) * _PRIME64_1
    low, high = product & _MASK, product >> 64
    low = (low + ((size - 1) << 54)) & _MASK
    last ^= flip_high
    high = (high + last + (last & _MASK32) * (_PRIME32_2 - 1)) & _MASK
    low ^= _swap64(high)
    product = low * _PRIME64_2
    return _avalanche(product), _avalanche((product >> 64) + high * _PRIME64_2)


def _hash128_17_to_240(data: bytes, seed: int) -> tuple[int, int]:
    size = len(data)
    low, high = (size * _PRIME64_1) & _MASK, 0
    if size <= 128:
        for i in reversed(range((size + 31) // 32)):
            low, high = _mix32(low, high, data, 16 * i, size - 16 * (i + 1), 32 * i, seed)
    else:
        for i in range(4):
            low, high = _mix32(low, high, data, 32 * i, 32 * i + 16, 32 * i, seed)
        low, high = _avalanche(low), _avalanche(high)
        for i in range(4, size // 32):
            low, high = _mix32(low, high, data, 32 * i, 32 * i + 16, 32 * (i - 4) + 3, seed)
        low, high = _mix32(low, high, data, size - 16, size - 32, 103, -seed & _MASK)
    total = low * _PRIME64_1 + high * _PRIME64_4 + (size - seed) * _PRIME64_2
    return _avalanche(low + high), -_avalanche(total) & _MASK


def _mix32(low: int, high: int, data: bytes, a: int, b: int, at: int, seed: int) -> tuple[int, int]:
    low = (low + _mix16(data, a, _SECRET, at, seed)) & _MASK
    low ^= (_read64(data, b) + _read64(data, b + 8)) & _MASK
    high = (high + _mix16(data, b, _SECRET, at + 16, seed)) & _MASK
    high ^= (_read64(data, a) + _read64(data, a + 8)) & _MASK
    return low, high


def _long(data: bytes, seed: int) -> tuple[list[int], bytes]:
    """The eight lanes after every stripe of an input above 240 bytes, and the secret that the seed made."""
    size = len(data)
    secret = _seeded_secret(seed)
    lanes = [_PRIME32_3, _PRIME64_1, _PRIME64_2, _PRIME64_3, _PRIME64_4, _PRIME32_2, _PRIME64_5, _PRIME32_1]
    per_block = (len(secret) - _STRIPE) // 8
    stripes = (size - 1) // _STRIPE  # all but the last, which ends where the input ends
    for i in range(stripes):
        _accumulate(lanes, data, _STRIPE * i, secret, 8 * (i % per_block))
        if i % per_block == per_block - 1:
            for lane in range(8):
                mixed = lanes[lane] ^ (lanes[lane] >> 47) ^ _read64(secret, len(secret) - _STRIPE + 8 * lane)
                lanes[lane] = (mixed * _PRIME32_1) & _MASK
    _accumulate(lanes, data, size - _STRIPE, secret, len(secret) - _STRIPE - 7)
    return lanes, secret


def _accumulate(lanes: list[int], data: bytes, at: int, secret: bytes, secret_at: int) -> None:
    for i in range(8):
        value = _read64(data, at + 8 * i)
        key = value ^ _read64(secret, secret_at + 8 * i)
        lanes[i ^ 1] = (lanes[i ^ 1] + value) & _MASK
        lanes[i] = (lanes[i] + (key & _MASK32) * (key >> 32)) & _MASK


def _merge(lanes: list[int], secret: bytes, at: int, start: int) -> int:
    total = start
    for i in range(0, 8, 2):
        total += _fold(lanes[i] ^ _read64(secret, at + 8 * i), lanes[i + 1] ^ _read64(secret, at + 8 * i + 8))
    return _avalanche(total)


def _seeded_secret(seed: int) -> bytes:
    words = []
    for at in range(0, len(_SECRET), 16):
        words += [_read64(_SECRET, at) + seed, _read64(_SECRET, at + 8) - seed]
    return b"".join((word & _MASK).to_bytes(8, "little") for word in words)


def _seed_4_to_8(seed: int) -> int:
    return seed ^ (int.from_bytes((seed & _MASK32).to_bytes(4, "little"), "big") << 32)


def _tiny(data: bytes) -> int:
    """One to three bytes and their count in 32 bits."""
    return data[0] << 16 | data[len(data) >> 1] << 24 | data[-1] | len(data) << 8


def _mix16(data: bytes, at: int, secret: bytes, secret_at: int, seed: int) -> int:
    low = (_read64(secret, secret_at) + seed) & _MASK
    high = (_read64(secret, secret_at + 8) - seed) & _MASK
    return _fold(_read64(data, at) ^ low, _read64(data, at + 8) ^ high)


def _fold(a: int, b: int) -> int:
    product = a * b
    return (product & _MASK) ^ (product >> 64)


def _avalanche(h: int) -> int:
    h &= _MASK
    h = ((h ^ (h >> 37)) * _PRIME_MX1) & _MASK
    return h ^ (h >> 32)


def _avalanche_xxh64(h: int) -> int:
    h = ((h ^ (h >> 33)) * _PRIME64_2) & _MASK
    h = ((h ^ (h >> 29)) * _PRIME64_3) & _MASK
    return h ^ (h >> 32)


def _rotate64(h: int, by: int) -> int:
    return ((h << by) | (h >> (64 - by))) & _MASK


def _swap64(h: int) -> int:
    return int.from_bytes(h.to_bytes(8, "little"), "big")


def _read32(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 4], "little")


def _read64(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 8], "little")

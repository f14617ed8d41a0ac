# Installed first, then a pinned archive; with PARITAS_DOWNLOADS=OFF a missing one says which Debian package has it.
include(FetchContent)

function(paritas_missing name package)
  message(FATAL_ERROR "${name} is missing: apt-get install ${package}, or allow PARITAS_DOWNLOADS")
endfunction()

# Header-only for Emscripten, through a folder of links: -I/usr/include would put the headers of the host before its own.
function(paritas_linked_headers target)
  file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/headers)
  foreach(header ${ARGN})
    file(CREATE_LINK /usr/include/${header} ${CMAKE_BINARY_DIR}/headers/${header} SYMBOLIC)
  endforeach()
  target_include_directories(${target} SYSTEM INTERFACE ${CMAKE_BINARY_DIR}/headers)
endfunction()

if(EMSCRIPTEN AND EXISTS /usr/include/hwy/highway.h)
  add_library(hwy INTERFACE)
  add_library(hwy::hwy ALIAS hwy)
  paritas_linked_headers(hwy hwy)
else()
  find_package(hwy QUIET CONFIG)
  if(NOT hwy_FOUND)
    if(NOT PARITAS_DOWNLOADS)
      paritas_missing(Highway libhwy-dev)
    endif()
    set(HWY_ENABLE_TESTS OFF CACHE BOOL "" FORCE)
    set(HWY_ENABLE_EXAMPLES OFF CACHE BOOL "" FORCE)
    set(HWY_ENABLE_CONTRIB OFF CACHE BOOL "" FORCE)
    set(HWY_ENABLE_INSTALL OFF CACHE BOOL "" FORCE)
    FetchContent_Declare(highway
      URL https://github.com/google/highway/archive/refs/tags/1.0.3.tar.gz
      URL_HASH SHA256=566fc77315878473d9a6bd815f7de78c73734acdcb745c3dde8579560ac5440e)
    FetchContent_MakeAvailable(highway)
    if(NOT TARGET hwy::hwy)
      add_library(hwy::hwy ALIAS hwy)
    endif()
  endif()
endif()

# xxHash is used inline: its header is all that is needed.
add_library(paritas_xxhash INTERFACE)
add_library(paritas::xxhash ALIAS paritas_xxhash)
if(EXISTS /usr/include/xxhash.h)
  if(EMSCRIPTEN)
    paritas_linked_headers(paritas_xxhash xxhash.h xxh3.h)
  endif()
else()
  find_path(PARITAS_XXHASH_INCLUDE xxhash.h)
  if(NOT PARITAS_XXHASH_INCLUDE)
    if(NOT PARITAS_DOWNLOADS)
      paritas_missing(xxHash libxxhash-dev)
    endif()
    FetchContent_Declare(xxhash
      URL https://github.com/Cyan4973/xxHash/archive/refs/tags/v0.8.1.tar.gz
      URL_HASH SHA256=3bb6b7d6f30c591dd65aaaff1c8b7a5b94d81687998ca9400082c739a690436c)
    FetchContent_Populate(xxhash)
    set(PARITAS_XXHASH_INCLUDE ${xxhash_SOURCE_DIR})
  endif()
  target_include_directories(paritas_xxhash SYSTEM INTERFACE ${PARITAS_XXHASH_INCLUDE})
endif()

add_subdirectory(toolchains/re2)

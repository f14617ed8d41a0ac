#pragma once
#include <string_view>

namespace paritas {

/// What kind of text a file holds by its name: html, markdown, code, json, yaml, xml, csv or text.
///
/// path: of the file, with / or \; only what stands behind the last one counts, in any case of ASCII.
/// Returns: "text" for an unknown ending or none, but "code" for Makefile, Dockerfile and their like.
std::string_view detect_doc_type(std::string_view path);

}  // namespace paritas

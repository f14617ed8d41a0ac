#include "base/bytes.hpp"
#include "paritas/retrieve/filter.hpp"
#include "retrieve/filter_tree.hpp"

namespace paritas {

void FilterBytes::null() { bytes_.push_back(static_cast<char>(FilterTag::null)); }
void FilterBytes::truth(bool value) { bytes_.push_back(static_cast<char>(value ? FilterTag::on : FilterTag::off)); }
void FilterBytes::whole(std::int64_t value) {
  bytes_.push_back(static_cast<char>(FilterTag::whole));
  bytes::put_u64(bytes_, static_cast<std::uint64_t>(value));
}
void FilterBytes::number(double value) {
  bytes_.push_back(static_cast<char>(FilterTag::number));
  bytes::put_f64(bytes_, value);
}
void FilterBytes::text(std::string_view value) {
  bytes_.push_back(static_cast<char>(FilterTag::text));
  key(value);
}
void FilterBytes::list(std::size_t count) {
  bytes_.push_back(static_cast<char>(FilterTag::list));
  bytes::put_varint(bytes_, count);
}
void FilterBytes::object(std::size_t count) {
  bytes_.push_back(static_cast<char>(FilterTag::object));
  bytes::put_varint(bytes_, count);
}
void FilterBytes::key(std::string_view name) {
  bytes::put_varint(bytes_, name.size());
  bytes_ += name;
}

}  // namespace paritas

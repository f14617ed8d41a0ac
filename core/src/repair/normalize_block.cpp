#include "paritas/repair/normalize_block.hpp"

#include "repair/normal_form.hpp"

namespace paritas {

std::string normalize_block(std::string_view block) {
  repair::NormalForm form;
  return std::string(form.prose(block));
}

}  // namespace paritas

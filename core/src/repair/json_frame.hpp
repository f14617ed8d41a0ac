#pragma once
#include <string_view>

#include "paritas/repair/json_repair.hpp"

namespace paritas {

/// repair_json of a well-formed text that is no valid JSON.
RepairResult mend_json(std::string_view text, const RepairOptions& options);

}  // namespace paritas

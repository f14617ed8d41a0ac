"""TaskClassifier of victor_native, over ours."""

from __future__ import annotations

from typing import Any

from paritas import ClassificationResult
from paritas import TaskClassifier as Classifier


class TaskClassifier:
    """The class of that name.

    negation_radius was a number of characters there and is one of words here: by default ours holds.
    """

    def __init__(self, position_weight: float = 0.1, negation_radius: int | None = None) -> None:
        fields: dict[str, Any] = {} if negation_radius is None else {"negation_radius": negation_radius}
        self._classifier = Classifier(position_weight=position_weight, **fields)

    def classify(self, text: str) -> ClassificationResult:
        return self._classifier.classify(text)

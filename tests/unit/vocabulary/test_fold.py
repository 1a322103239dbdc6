"""Keys under which spellings of a name fall together."""

import pytest

from kg.vocabulary import fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("CIFAR 10", "cifar-10"),
        ("GNNs", "GNN"),
        ("language LMs", "language LM"),
        ("speed-ups", "speed-up"),
        ("Fréchet", "Frechet"),
    ],
)
def test_spellings_have_one_key(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("ImageNet as", "ImageNet-A"), ("ViT-S", "ViTs"), ("CIFAR-10", "CIFAR-100"), ("β-VAE", "VAE")],
)
def test_names_that_differ_have_two(one: str, other: str) -> None:
    assert fold(one) != fold(other)

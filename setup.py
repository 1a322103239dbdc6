"""Builds the package; what it ships beside the code, `queries/` and `schemas/`, goes into the wheel as `kg/_…`."""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).resolve().parent


class BuildWithResources(build_py):
    """Copies the folders where a wheel is built; an editable install reads them from the checkout."""

    def run(self) -> None:
        super().run()
        if not self.editable_mode:
            for folder in ("queries", "schemas"):
                shutil.copytree(ROOT / folder, Path(self.build_lib) / "kg" / f"_{folder}", dirs_exist_ok=True)


setup(cmdclass={"build_py": BuildWithResources})

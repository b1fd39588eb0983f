"""Every operation of the catalogue, with what PyTorch offers for it: torch.distributions, torch.nn.functional, autograd.

    latent verify -- python3 torch_reference.py --dtype float64 --device cpu
"""
import argparse
import importlib
import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from latent_adapter import run  # noqa: E402

parser = argparse.ArgumentParser()
parser.add_argument("--dtype", choices=["float32", "float64"], default="float32")
parser.add_argument("--device", default="cpu")
given = parser.parse_args()

torch.set_default_dtype(getattr(torch, given.dtype))  # for step / steps and the like, which begin as whole numbers
torch.distributions.Distribution.set_default_validate_args(False)  # it refuses NaN, which goes through a formula, and trips over empty batches
for family in sorted(pathlib.Path(__file__).with_name("torch_families").glob("*.py")):
    importlib.import_module(f"torch_families.{family.stem}")

run(name="torch-reference", version=torch.__version__, dtype=given.dtype, device=given.device, tensors="torch")

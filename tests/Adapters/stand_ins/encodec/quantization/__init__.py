"""Stands in for the package of this name in encodec: its interface and conventions, not its code."""
import math
import types

import torch

from .core_vq import VectorQuantization


class ResidualVectorQuantizer(torch.nn.Module):
    def __init__(self, dimension=256, n_q=8, bins=1024, kmeans_init=True, threshold_ema_dead_code=2):
        super().__init__()
        self.bins, self.vq = bins, torch.nn.Module()
        self.vq.layers = torch.nn.ModuleList(VectorQuantization(dimension, bins) for _ in range(n_q))

    def get_bandwidth_per_quantizer(self, frame_rate):
        return math.log2(self.bins) * frame_rate

    def forward(self, x, frame_rate):
        left, quantized, codes, losses = x, 0, [], []
        for layer in self.vq.layers:
            codes_of_stage, indices, loss = layer(left)
            left, quantized = left - codes_of_stage, quantized + codes_of_stage
            codes.append(indices)
            losses.append(loss)
        return types.SimpleNamespace(quantized=quantized, codes=torch.stack(codes), penalty=torch.stack(losses).mean())

    def decode(self, codes):
        return sum(layer.decode(indices) for layer, indices in zip(self.vq.layers, codes))

global using TorchSharp;
global using static TorchSharp.torch;
global using F = TorchSharp.torch.nn.functional;
global using Tensor = TorchSharp.torch.Tensor;

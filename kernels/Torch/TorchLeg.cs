namespace LatentConformance.Torch;

/// <summary>The way in, there in every build: without -p:Torch=cpu or -p:Torch=cuda it is all that this project can do.</summary>
public static class TorchLeg
{
#if TORCH
    public static bool IsBuilt => true;

    /// <exception cref="UnavailableException">No native library, no such device, or a precision that it lacks.</exception>
    public static IDeviceKernels Open(string device, DType dtype) => new TorchKernels(device, dtype);
#else
    public static bool IsBuilt => false;

    /// <exception cref="UnavailableException">Always: this build has no TorchSharp.</exception>
    public static IDeviceKernels Open(string device, DType dtype) => throw new UnavailableException(
        $"no torch on {device} in {dtype.WireName()}: this build has no TorchSharp; build with -p:Torch=cpu or -p:Torch=cuda, as docs/torch.md says");
#endif
}

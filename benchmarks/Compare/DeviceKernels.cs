using LatentConformance.Contract;
using LatentConformance.Torch;

namespace LatentConformance.Compare;

/// <summary>
/// TorchSharp's kernels on a device, prepared: the inputs lie there before the clock starts, and a turn ends when the device has done
/// all of it. On a GPU its own events tell the time, on the CPU, and where there are none, the clock on the wall.
/// </summary>
internal sealed class DeviceKernels : IKernels
{
    private readonly IDeviceKernels kernels;
    private readonly CudaEvents? events;

    /// <exception cref="UnavailableException">No TorchSharp in this build, no such device.</exception>
    public DeviceKernels(string device, int threads)
    {
        kernels = TorchLeg.Open(device, DType.Float32);
        kernels.UseThreads(threads);
        events = device == "cpu" ? null : CudaEvents.Find(device);
    }

    public string Device => kernels.Description.Device;

    public bool HasEvents => events is not null;

    public string Words => $"TorchSharp {kernels.Description.Version} on {Device}, timed by {(HasEvents ? "CUDA events" : "the wall clock")}";

    public BoundKernel? Bind(Case asked, IReadOnlyDictionary<string, object> inputs)
    {
        if (!kernels.Offers(asked.Operation))
        {
            return null;
        }

        var prepared = kernels.Prepare(asked.Operation, Inputs.AsTensors(asked, inputs));
        return new BoundKernel(prepared.Run, () => Arrays(asked, prepared.Answer())) { Clock = turn => Time(turn, prepared), Release = prepared.Dispose };
    }

    private double Time(Action turn, IPreparedCall prepared)
    {
        prepared.Wait();
        return events is not null ? events.Time(turn) : WallClock.Time(() =>
        {
            turn();
            prepared.Wait();
        });
    }

    private static Array[] Arrays(Case asked, Dictionary<string, Tensor> made) =>
        [.. asked.Operation.Outputs.Select(f => f.Kind == FieldKind.Int ? (Array)made[f.Name].Int64.ToArray() : made[f.Name].Float32.ToArray())];
}

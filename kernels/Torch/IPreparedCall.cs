namespace LatentConformance.Torch;

/// <summary>An operation whose inputs lie on the device from the first call on: what is run, and timed, moves nothing.</summary>
public interface IPreparedCall : IDisposable
{
    /// <summary>Tells the device what to do, and on a GPU does not wait for it; the outputs are let go. Of a .vjp both ways, forward and backward.</summary>
    void Run();

    /// <summary>Waits until the device has done all that it was told.</summary>
    void Wait();

    /// <summary>Runs once more, and fetches the outputs.</summary>
    Dictionary<string, Contract.Tensor> Answer();
}

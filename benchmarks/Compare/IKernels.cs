namespace LatentConformance.Compare;

/// <summary>Ours: spans on the host, or tensors on a device.</summary>
internal interface IKernels
{
    /// <summary>What stands for them at the head of a result.</summary>
    string Words { get; }

    /// <summary>Null where no kernel answers the operation.</summary>
    BoundKernel? Bind(Case asked, IReadOnlyDictionary<string, object> inputs);
}

/// <summary>A kernel with a case's inputs in its hands.</summary>
/// <param name="Call">What is timed.</param>
/// <param name="Answer">Of one more call, in the order of the operation's outputs.</param>
internal sealed record BoundKernel(Action Call, Func<Array[]> Answer) : IDisposable
{
    /// <summary>Milliseconds of a turn, from nothing under way to nothing under way.</summary>
    public Func<Action, double> Clock { get; init; } = WallClock.Time;

    public Action Release { get; init; } = () => { };

    public void Dispose() => Release();
}

using System.Diagnostics.CodeAnalysis;
using LatentConformance.Contract;

namespace LatentConformance.Conformance.Implementations;

/// <summary>A C# object that implements some of the contract's interfaces.</summary>
public sealed class InProcess(object implementation) : IAnswerer
{
    public Description Description { get; } =
        (implementation as IDescribed)?.Description ?? new Description(implementation.GetType().Name, "0", DType.Float32);

    public bool Offers(Operation operation) => operation.IsOfferedBy(implementation);

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whatever an implementation throws is its answer, and the run goes on.")]
    public Answer Ask(Operation operation, IReadOnlyDictionary<string, Tensor> inputs)
    {
        if (!Offers(operation))
        {
            return new Unsupported();
        }

        try
        {
            return new Answered(operation.Invoke(implementation, inputs));
        }
        catch (NotImplementedException)
        {
            return new Unsupported();
        }
        catch (NotSupportedException refused)
        {
            return new Declined(OneLine(refused.Message));
        }
        catch (ArgumentException refused)
        {
            return new Refused(OneLine(refused.Message));
        }
        catch (Exception crash) when (crash is not UnavailableException)
        {
            return new Broken($"{crash.GetType().Name}: {OneLine(crash.Message)}");
        }
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}

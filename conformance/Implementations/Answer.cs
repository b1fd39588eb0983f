using LatentConformance.Contract;

namespace LatentConformance.Conformance.Implementations;

/// <summary>What came back when an implementation was asked.</summary>
public abstract record Answer;

public sealed record Answered(IReadOnlyDictionary<string, Tensor> Outputs) : Answer;

/// <summary>It will not answer these inputs: right for bad arguments, wrong for good ones.</summary>
public sealed record Refused(string Message) : Answer;

/// <summary>It does not have this operation.</summary>
public sealed record Unsupported : Answer;

/// <summary>It has the operation but passes on this case, and says why.</summary>
public sealed record Declined(string Reason) : Answer;

/// <summary>An error of its own while answering: a refusal where one is asked for, a fault anywhere else.</summary>
public sealed record Raised(string Message) : Answer;

/// <summary>A crash, a timeout, an answer that is not one.</summary>
public sealed record Broken(string Message) : Answer;

/// <summary>Misconduct that belongs to no single answer, and the operation after which it was seen.</summary>
public sealed record Complaint(Operation Operation, string Message);

/// <summary>Anything that answers operations: a C# object, a process that speaks the wire protocol, a file of answers.</summary>
public interface IAnswerer
{
    Description Description { get; }

    /// <summary>False for answers that were written down: asking those twice tells nothing.</summary>
    bool IsLive => true;

    bool Offers(Operation operation);

    Answer Ask(Operation operation, IReadOnlyDictionary<string, Tensor> inputs);

    /// <summary>Nothing more will be asked. Returns what it did beside answering and should not have.</summary>
    IReadOnlyList<Complaint> Farewell() => [];
}

using System.Text.Json;
using LatentConformance.Conformance.Implementations;
using LatentConformance.Contract;

namespace LatentConformance.Conformance.Wire;

/// <summary>
/// An implementation in a process of its own. One that hangs, dies or talks nonsense is started anew for the next
/// question; an operation that hung once, or killed it three times, is not asked again.
/// </summary>
public sealed class Foreign : IAnswerer, IDisposable
{
    private const int DeathsAllowed = 3;

    /// <summary>Importing a framework takes longer than answering.</summary>
    private const int HelloTimeouts = 6;

    /// <summary>How long a line that nobody asked for is waited for at the end.</summary>
    private static readonly TimeSpan LastLook = TimeSpan.FromMilliseconds(50);

    private readonly IReadOnlyList<string> command;
    private readonly TimeSpan timeout;
    private readonly Catalogue catalogue;
    private readonly string specVersion;
    private readonly Dictionary<string, int> deaths = [];
    private readonly Dictionary<string, string> givenUp = [];
    private readonly List<Complaint> complaints = [];
    private readonly HashSet<string>? offered;
    private ForeignProcess? process;
    private Operation? last;
    private long id;

    private Foreign(IReadOnlyList<string> command, TimeSpan timeout, Catalogue catalogue, string specVersion)
    {
        (this.command, this.timeout, this.catalogue, this.specVersion) = (command, timeout, catalogue, specVersion);
        var hello = Greeted();
        Description = hello.Description;
        offered = hello.Operations?.ToHashSet(StringComparer.Ordinal);
        Unknown = [.. (offered ?? []).Where(o => catalogue.Find(o) is null).Order(StringComparer.Ordinal)];
    }

    public Description Description { get; }

    /// <summary>What it offers and the catalogue does not have: a misspelling, or a later spec.</summary>
    public IReadOnlyList<string> Unknown { get; }

    /// <exception cref="CannotRunException">It did not start, or did not say hello.</exception>
    public static Foreign Start(IReadOnlyList<string> command, TimeSpan timeout, Catalogue catalogue, string specVersion) =>
        new(command, timeout, catalogue, specVersion);

    public bool Offers(Operation operation) => offered?.Contains(operation.Name) ?? true;

    public Answer Ask(Operation operation, IReadOnlyDictionary<string, Tensor> inputs)
    {
        if (!Offers(operation))
        {
            return new Unsupported();
        }

        if (givenUp.TryGetValue(operation.Name, out var why))
        {
            return new Broken($"not asked again: {why}");
        }

        try
        {
            Listen(TimeSpan.Zero);
            return Answered(operation, inputs);
        }
        catch (StaleException stale)
        {
            Complain(stale.Message);
            return Ask(operation, inputs);
        }
        catch (SilentException silent)
        {
            Stop();
            givenUp[operation.Name] = silent.Message;
            return new Broken(silent.Message);
        }
        catch (Exception gone) when (gone is EndedException or CannotRunException or MalformedException)
        {
            Stop();
            var count = deaths[operation.Name] = deaths.GetValueOrDefault(operation.Name) + 1;
            if (count >= DeathsAllowed)
            {
                givenUp[operation.Name] = $"{gone.Message} ({count} times)";
            }

            return new Broken(gone.Message);
        }
    }

    /// <summary>True when it left by itself as its stdin was closed.</summary>
    public bool Leaves() => process?.Leaves() ?? true;

    public IReadOnlyList<Complaint> Farewell()
    {
        Listen(LastLook);
        Stop();
        return complaints;
    }

    /// <summary>What it wrote that nobody asked for since the last answer, if anything.</summary>
    public string? StrayLine()
    {
        Listen(LastLook);
        return complaints.Count == 0 ? null : complaints[^1].Message;
    }

    public void Dispose() => Stop();

    private Answer Answered(Operation operation, IReadOnlyDictionary<string, Tensor> inputs)
    {
        process ??= Restarted();
        var answer = Read(process.Exchange(WireWriter.Request(++id, operation, inputs), timeout), operation, inputs);
        last = operation;
        return answer;
    }

    private void Stop()
    {
        process?.Dispose();
        process = null;
    }

    /// <summary>Whatever comes between two questions was said about the one before.</summary>
    private void Listen(TimeSpan wait)
    {
        if (last is not null && process?.Unasked(wait) is { } line)
        {
            Complain($"wrote another line after its answer: {Plain.Bytes(line)}");
        }
    }

    private void Complain(string what)
    {
        complaints.Add(new Complaint(last!, what));
        last = null;
        Stop();
    }

    private ForeignProcess Restarted()
    {
        var again = Greeted();
        return again.Description.DType == Description.DType
            ? process!
            : throw new CannotRunException($"declared {Description.DType.WireName()} first and {again.Description.DType.WireName()} when started anew");
    }

    /// <summary>Starts it and reads lines until one is a hello.</summary>
    private WireHello Greeted()
    {
        process = ForeignProcess.Start(command);
        try
        {
            var deadline = Environment.TickCount64 + (HelloTimeouts * (long)timeout.TotalMilliseconds);
            var line = process.Exchange(WireWriter.Hello(specVersion, catalogue), HelloTimeouts * timeout);
            while (true)
            {
                if (WireHello.Read(line, catalogue) is { } hello)
                {
                    return hello;
                }

                var left = TimeSpan.FromMilliseconds(Math.Max(0, deadline - Environment.TickCount64));
                line = process.Next(left) ?? throw new SilentException(HelloTimeouts * timeout);
            }
        }
        catch (Exception never) when (never is SilentException or EndedException or CannotRunException)
        {
            Stop();
            throw new CannotRunException($"'{Plain.Text(string.Join(' ', command))}' did not say hello: {never.Message}; 'latent init python DIR' writes an adapter that does");
        }
    }

    private Answer Read(byte[] line, Operation operation, IReadOnlyDictionary<string, Tensor> inputs)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return Read(document.RootElement, operation, inputs);
        }
        catch (JsonException)
        {
            throw new MalformedException($"answered what is not JSON: {Plain.Bytes(line)}; stdout is the protocol's, print to stderr");
        }
    }

    private Answer Read(JsonElement answer, Operation operation, IReadOnlyDictionary<string, Tensor> inputs)
    {
        if (answer.ValueKind is not JsonValueKind.Object || !answer.TryGetProperty("id", out var given))
        {
            throw new MalformedException($"answered without an id: {Plain.Text(answer.GetRawText())}");
        }

        long number = 0;
        var isNumber = given.ValueKind is JsonValueKind.Number && given.TryGetInt64(out number);
        if (isNumber && number == id - 1 && last is not null)
        {
            throw new StaleException($"answered id {number} twice");
        }

        if (!isNumber || number != id)
        {
            throw new MalformedException($"answered id {Plain.Text(given.GetRawText())}, was asked {id}");
        }

        return WireAnswer.Read(answer, operation, Description.DType, offered is not null, inputs);
    }

    /// <summary>The line belongs to the question before.</summary>
    private sealed class StaleException(string message) : Exception(message);
}

using System.Text;
using System.Text.Json;
using LatentConformance.Conformance.Implementations;
using LatentConformance.Conformance.Running;
using LatentConformance.Contract;

namespace LatentConformance.Conformance.Wire;

/// <summary>Answers that were given elsewhere: a file whose first line is a hello and whose others answer by the case's id.</summary>
public sealed class Written : IAnswerer
{
    private readonly Dictionary<string, JsonElement> answers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> ids = new(StringComparer.Ordinal);
    private readonly List<Complaint> complaints = [];
    private readonly HashSet<string>? offered;

    private Written(WireHello hello)
    {
        Description = hello.Description;
        offered = hello.Operations?.ToHashSet(StringComparer.Ordinal);
    }

    public Description Description { get; }

    public bool IsLive => false;

    /// <exception cref="SpecError">A line that is neither hello nor answer.</exception>
    public static Written Read(IEnumerable<string> lines, string file, Grounds grounds)
    {
        Written? written = null;
        var number = 0;
        foreach (var line in lines)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            if (written is not null)
            {
                written.Add(line, new Position(file, number, 1), grounds.Catalogue);
            }
            else
            {
                written = Hello(line, file, grounds);
            }
        }

        return written ?? throw new SpecError(new Position(file, 1, 1), "has no hello; expected {\"protocol\": 1, \"dtype\": \"float32\", ...} and then an answer a line");
    }

    public bool Offers(Operation operation) => offered?.Contains(operation.Name) ?? true;

    public Answer Ask(Operation operation, IReadOnlyDictionary<string, Tensor> inputs)
    {
        if (!ids.TryGetValue(Key(WireWriter.Request("", operation, inputs)), out var id))
        {
            return new Broken("was never asked in writing");
        }

        return answers.TryGetValue(id, out var answer)
            ? WireAnswer.Read(answer, operation, Description.DType, offered is not null, inputs)
            : offered is null ? new Unsupported() : new Broken($"no answer to {id} in the file");
    }

    public IReadOnlyList<Complaint> Farewell() => complaints;

    /// <summary>Null for the banner of some library.</summary>
    private static Written? Hello(string line, string file, Grounds grounds)
    {
        try
        {
            if (WireHello.Read(Encoding.UTF8.GetBytes(line), grounds.Catalogue) is not { } hello)
            {
                return null;
            }

            var written = new Written(hello);
            foreach (var (id, operation, question) in Questions.All(grounds, hello.Description, new Selection()))
            {
                written.ids.TryAdd(Key(question), id);
            }

            return written;
        }
        catch (CannotRunException wrong)
        {
            throw new SpecError(new Position(file, 1, 1), wrong.Message);
        }
    }

    private void Add(string line, Position position, Catalogue catalogue)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var answer = document.RootElement;
            if (answer.ValueKind is JsonValueKind.Object && answer.TryGetProperty("id", out var id) && id.ValueKind is JsonValueKind.String)
            {
                var operation = catalogue.Find(id.GetString()!.Split('/')[0]);
                if (!answers.TryAdd(id.GetString()!, answer.Clone()) && operation is not null)
                {
                    complaints.Add(new Complaint(operation, $"answered {Plain.Text(id.GetString()!)} twice"));
                }

                return;
            }
        }
        catch (JsonException)
        {
            // Told below, with everything else that is no answer.
        }

        throw new SpecError(position, $"is no answer: {Plain.Text(line)}; expected {{\"id\": \"OPERATION/CASE\", \"outputs\": ...}}");
    }

    /// <summary>A question without its id: two cases of the same inputs have the same answer.</summary>
    private static string Key(ReadOnlyMemory<byte> question)
    {
        var text = Encoding.UTF8.GetString(question.Span);
        return text[text.IndexOf(",\"op\":", StringComparison.Ordinal)..];
    }
}

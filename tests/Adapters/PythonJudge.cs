using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using LatentConformance.Conformance.Implementations;
using LatentConformance.Conformance.Running;
using LatentConformance.Conformance.Vectors;
using LatentConformance.Contract;
using LatentConformance.Tests.Wire;

namespace LatentConformance.Tests.Adapters;

/// <summary>What latent_judge.py says of one answer.</summary>
internal sealed record PythonVerdict(Outcome Outcome, bool Strict, int Comparisons, double? Margin, string Why);

/// <summary>latent_judge.py in a process: answers go in as a file, as the wire would carry them, verdicts come back as lines.</summary>
internal static class PythonJudge
{
    public const string OtherChoice = "rests on another legal choice than the golden's; use latent verify";

    private const string Program =
        """
        import json, sys, latent_judge as judge
        goldens = judge.read_goldens(sys.argv[1])
        for line in map(json.loads, open(sys.argv[2], encoding="utf-8")):
            v = judge.judge(goldens[line["case"]], line["answer"], line["dtype"])
            if "again" in line:
                v = judge.judge_again(v, line["again"], line["dtype"])
            print(v.outcome, int(v.strict), v.comparisons, v.margin, (v.why or "").split("\n")[0], sep="\t")
        """;

    public static string Folder { get; } = Path.Combine(Checkout.Root, "adapters", "python");

    public static IReadOnlyList<PythonVerdict> Judge(IEnumerable<string> answers)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllLines(file, answers);
            var (exit, output, error) = Run(["-c", Program, Path.Combine(Checkout.Root, "goldens"), file]);
            return exit == 0
                ? [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Read)]
                : throw new InvalidOperationException($"latent_judge.py ended with {exit}: {error}");
        }
        finally
        {
            File.Delete(file);
        }
    }

    public static (int Exit, string Out, string Error) Run(IReadOnlyList<string> arguments, string? folder = null)
    {
        var start = new ProcessStartInfo(Python.Program, arguments)
        {
            WorkingDirectory = folder ?? Checkout.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["PYTHONDONTWRITEBYTECODE"] = "1", ["PYTHONIOENCODING"] = "utf-8", ["PYTHONPATH"] = Folder },
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    /// <summary>A line of the file: the case, the dtype, the answer, and the answer to being asked again where that is the question.</summary>
    public static string Line(VectorCase one, DType dtype, Answer answer, Answer? again = null)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("case", one.Id);
            json.WriteString("dtype", dtype.WireName());
            Write(json, "answer", answer);
            if (again is not null)
            {
                Write(json, "again", again);
            }

            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Write(Utf8JsonWriter json, string key, Answer answer)
    {
        json.WriteStartObject(key);
        switch (answer)
        {
            case Answered answered:
                json.WriteStartObject("outputs");
                foreach (var (name, tensor) in answered.Outputs)
                {
                    Write(json, name, tensor);
                }

                json.WriteEndObject();
                break;
            case Declined declined:
                json.WriteString("declined", declined.Reason);
                break;
            case Unsupported:
                json.WriteBoolean("unsupported", true);
                break;
            default:
                json.WriteString("error", answer.ToString());
                break;
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, Tensor tensor)
    {
        json.WriteStartObject(name);
        json.WriteString("dtype", tensor.DType is DType.Float64 or DType.Int64 ? tensor.DType.WireName() : "float32");
        json.WriteStartArray("shape");
        foreach (var size in tensor.Shape)
        {
            json.WriteNumberValue(size);
        }

        json.WriteEndArray();
        json.WriteStartArray("data");
        for (var i = 0; i < tensor.Count; i++)
        {
            Write(json, tensor, i);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Tensor tensor, int i)
    {
        if (tensor.DType == DType.Int64)
        {
            json.WriteNumberValue(tensor.Int64[i]);
        }
        else if (double.IsFinite(tensor[i]))
        {
            json.WriteNumberValue(tensor[i]);
        }
        else
        {
            json.WriteStringValue(double.IsNaN(tensor[i]) ? "NaN" : tensor[i] > 0 ? "inf" : "-inf");
        }
    }

    private static PythonVerdict Read(string line)
    {
        var parts = line.TrimEnd('\r').Split('\t');
        return new PythonVerdict(
            Enum.Parse<Outcome>(parts[0], ignoreCase: true),
            parts[1] == "1",
            int.Parse(parts[2], CultureInfo.InvariantCulture),
            parts[3] switch { "None" => null, "inf" => double.PositiveInfinity, var share => double.Parse(share, CultureInfo.InvariantCulture) },
            parts[4]);
    }
}

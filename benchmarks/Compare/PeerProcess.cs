using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using LatentConformance.Contract;

namespace LatentConformance.Compare;

/// <summary>No comparison is to be had here; the message says why, and what to do.</summary>
internal sealed class CannotRunException(string message) : Exception(message);

/// <summary>
/// The Python that holds PyTorch, NumPy and FAISS. It is stopped while it is not its turn: its idle threads would spin on the
/// cores that ours works on.
/// </summary>
internal sealed partial class PeerProcess : IDisposable
{
    private const string Mend = "apt-get install python3-torch python3-numpy python3-faiss libopenblas0, or name a Python that has them in LATENT_PYTHON";

    /// <summary>What tunes a library down (or up) for a whole machine is taken away: the peers decide for themselves.</summary>
    private static readonly string[] Tuning = ["OPENBLAS_", "OMP_", "GOMP_", "KMP_", "MKL_", "DNNL_", "ONEDNN_", "ATEN_", "NPY_", "BLIS_"];

    private readonly Process process;
    private readonly string folder;

    public PeerProcess(string python, int threads)
    {
        process = Start(python, threads);
        Versions = Ask(new JsonObject { ["do"] = "hello", ["threads"] = threads }, $"{python} has no peers: it needs PyTorch and NumPy; {Mend}");
        folder = Directory.CreateTempSubdirectory("latent-compare-").FullName;
        AppDomain.CurrentDomain.ProcessExit += EndWithUs;
    }

    public JsonObject Versions { get; }

    public TimeSpan Processor
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Hands the inputs over; answers who can run the case, with the limits of the machine for as many bytes.</summary>
    public List<(string Name, Kind Kind)> Load(Case asked, IReadOnlyDictionary<string, object> inputs)
    {
        foreach (var file in Directory.GetFiles(folder))
        {
            File.Delete(file);
        }

        Inputs.Write(inputs, folder);
        var fields = new JsonArray([.. asked.Operation.Inputs.Select(f => f.Axes.Count == 0
            ? new JsonObject { ["name"] = f.Name, ["kind"] = Kinded(f), ["value"] = asked.Number(f.Name) }
            : (JsonNode)new JsonObject
            {
                ["name"] = f.Name,
                ["kind"] = Kinded(f),
                ["shape"] = new JsonArray([.. asked.Shape(f).Select(n => (JsonNode)n)]),
            })]);
        var found = Who(Ask(new JsonObject { ["do"] = "load", ["folder"] = folder, ["operation"] = asked.Name, ["fields"] = fields }));
        if (asked.Bars.Any(b => b.Kind == BarKind.Bandwidth))
        {
            var floats = (asked.BytesRead + asked.BytesWritten) / sizeof(float);
            found.AddRange(Who(Ask(new JsonObject
            {
                ["do"] = "limits",
                ["floats_read"] = asked.Copies ? 0 : floats,
                ["floats_copied"] = asked.Copies ? floats / 2 : 0,
            })));
        }

        return found;
    }

    /// <summary>Milliseconds a call, measured over there.</summary>
    public double Run(string who, int times) => (double)Ask(new JsonObject { ["do"] = "run", ["who"] = who, ["times"] = times })["ms"]!;

    /// <summary>What a peer answers, output by output.</summary>
    public Array[] Answer(Case asked, string who)
    {
        Ask(new JsonObject { ["do"] = "answer", ["who"] = who, ["folder"] = folder, ["kinds"] = new JsonArray([.. asked.Operation.Outputs.Select(f => (JsonNode)Kinded(f))]) });
        return [.. asked.Operation.Outputs.Select((field, place) =>
        {
            var bytes = File.ReadAllBytes(Path.Combine(folder, place.ToString(CultureInfo.InvariantCulture)));
            return field.Kind == FieldKind.Int ? (Array)MemoryMarshal.Cast<byte, long>(bytes).ToArray() : MemoryMarshal.Cast<byte, float>(bytes).ToArray();
        })];
    }

    public void Pause() => Signal(OperatingSystem.IsMacOS() ? 17 : 19);

    public void Continue() => Signal(OperatingSystem.IsMacOS() ? 19 : 18);

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= EndWithUs;
        Continue();
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Interrupted in our turn: whoever stands still would never hear that its input has ended.</summary>
    private void EndWithUs(object? sender, EventArgs end)
    {
        process.Kill();
        Directory.Delete(folder, recursive: true);
    }

    private static List<(string Name, Kind Kind)> Who(JsonObject reply) =>
        [.. reply["peers"]!.AsArray().Select(p => ((string)p!["name"]!, Enum.Parse<Kind>((string)p["kind"]!, ignoreCase: true)))];

    private static string Kinded(Field field) => field.Kind == FieldKind.Int ? "int" : "float";

    private static Process Start(string python, int threads)
    {
        var start = new ProcessStartInfo(python, [Path.Combine(AppContext.BaseDirectory, "peers.py")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (var name in start.Environment.Keys.Where(k => Tuning.Any(t => k.StartsWith(t, StringComparison.Ordinal))).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["OMP_NUM_THREADS"] = start.Environment["OPENBLAS_NUM_THREADS"] = threads.ToString(CultureInfo.InvariantCulture);
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw new CannotRunException($"there is no program {python}: the peers are PyTorch, NumPy and FAISS; {Mend}");
        }
    }

    private JsonObject Ask(JsonObject request, string? otherwise = null)
    {
        string? line = null;
        try
        {
            process.StandardInput.WriteLine(request.ToJsonString());
            process.StandardInput.Flush();
            line = process.StandardOutput.ReadLine();
        }
        catch (IOException)
        {
        }

        var reply = line is null
            ? throw new CannotRunException(otherwise ?? $"the peers ended while asked to {request["do"]} {request["operation"] ?? request["who"]}; what they printed stands above")
            : JsonNode.Parse(line)!.AsObject();
        return reply["error"] is { } error ? throw new CannotRunException($"the peers could not {request["do"]} {request["operation"] ?? request["who"]}: {error}") : reply;
    }

    private void Signal(int number)
    {
        if (!OperatingSystem.IsWindows() && !process.HasExited)
        {
            _ = Kill(process.Id, number);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}

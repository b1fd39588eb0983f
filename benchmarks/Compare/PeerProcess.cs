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
/// The Python that holds PyTorch, NumPy and FAISS, all on the host, or PyTorch alone on a device. It is stopped while it is not its
/// turn: its idle threads would spin on the cores that ours works on.
/// </summary>
internal sealed partial class PeerProcess : IDisposable
{
    private const string Mend = "apt-get install python3-torch python3-numpy python3-faiss libopenblas0, or name a Python that has them in LATENT_PYTHON";

    private readonly Process process;
    private readonly string folder;

    /// <param name="device">Where PyTorch works, as cuda:1; null for the host with everything that it has.</param>
    /// <param name="events">Whether the device's own events tell the time.</param>
    public PeerProcess(string python, int threads, string? device = null, bool events = false)
    {
        process = Start(python, threads);
        Versions = Ask(new JsonObject { ["do"] = "hello", ["threads"] = threads, ["device"] = device, ["events"] = events }, $"{python} has no peers: it needs PyTorch and NumPy; {Mend}");
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

    /// <summary>Hands the inputs over; answers who can run the case and has room for it, with the limits of the machine for as many bytes.</summary>
    public List<(string Name, Kind Kind, bool Fits)> Load(Case asked, IReadOnlyDictionary<string, object> inputs)
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
        if (asked.Limit is { } limit)
        {
            var floats = (asked.BytesRead + asked.BytesWritten) / sizeof(float);
            found.AddRange(Who(Ask(new JsonObject
            {
                ["do"] = "limits",
                ["floats_read"] = limit == Kind.Read ? floats : 0,
                ["floats_copied"] = limit == Kind.Copy ? floats / 2 : 0,
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

    private static List<(string Name, Kind Kind, bool Fits)> Who(JsonObject reply) =>
        [.. reply["peers"]!.AsArray().Select(p => ((string)p!["name"]!, Enum.Parse<Kind>((string)p["kind"]!, ignoreCase: true), (bool)p["fits"]!))];

    private static string Kinded(Field field) => field.Kind == FieldKind.Int ? "int" : "float";

    private static Process Start(string python, int threads)
    {
        var start = new ProcessStartInfo(python, [Path.Combine(AppContext.BaseDirectory, "peers.py")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
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
            ? throw new CannotRunException(otherwise ?? $"the peers ended while asked to {request["do"]} {request["operation"] ?? request["who"] ?? request["device"]}; what they printed stands above")
            : JsonNode.Parse(line)!.AsObject();
        return reply["error"] is { } error ? throw new CannotRunException($"the peers could not {request["do"]} {request["operation"] ?? request["who"] ?? request["device"]}: {error}") : reply;
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

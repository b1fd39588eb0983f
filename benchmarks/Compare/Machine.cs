using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace LatentConformance.Compare;

/// <summary>What a figure depends on besides the code: said at the head of every result.</summary>
internal static class Machine
{
    public static string Processor
    {
        get
        {
            var (model, family, number) = (Cpu("model name"), Cpu("cpu family"), Cpu("model"));
            return model.Length == 0 ? RuntimeInformation.ProcessArchitecture.ToString() : $"{model} (family {family}, model {number})";
        }
    }

    public static string Describe(JsonObject versions, string kernels, int threads, string command) => string.Join('\n', (string[])
    [
        $"- command: `{command}`",
        Text.Invariant($"- date: {DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC"),
        $"- processor: {Processor}, {Environment.ProcessorCount} cores, caches {Caches()}",
        $"- system: {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, {kernels}",
        .. (string[])(versions["device"] is { } device ? [$"- device: {device}"] : []),
        $"- peers: PyTorch {versions["torch"]}, NumPy {versions["numpy"]}, {(versions["faiss"] is { } faiss ? $"FAISS {faiss}" : "no FAISS (apt-get install python3-faiss)")}, {versions["blas"]}, Python {versions["python"]}",
        $"- threads: {threads} on either side",
    ]);

    private static string Cpu(string key) => !File.Exists("/proc/cpuinfo") ? "" : File.ReadLines("/proc/cpuinfo")
        .Select(line => line.Split(':', 2))
        .Where(pair => pair.Length == 2 && pair[0].Trim() == key)
        .Select(pair => pair[1].Trim())
        .FirstOrDefault("");

    private static string Caches()
    {
        const string Folder = "/sys/devices/system/cpu/cpu0/cache";
        return !Directory.Exists(Folder) ? "unknown" : string.Join(", ", Directory.GetDirectories(Folder, "index*").Order()
            .Select(f => (Level: Read(f, "level"), Type: Read(f, "type"), Size: Read(f, "size")))
            .Where(c => c.Type != "Instruction")
            .Select(c => $"L{c.Level} {c.Size}"));
    }

    private static string Read(string folder, string file) => File.ReadAllText(Path.Combine(folder, file)).Trim();
}

/// <summary>What else the machine did meanwhile: figures from a busy one are worth less, and a reader should know.</summary>
internal sealed class Bystanders(PeerProcess peers)
{
    private readonly long began = Stopwatch.GetTimestamp();
    private readonly double busyAtFirst = Busy() - Own(peers);

    /// <summary>The share of all cores that other processes took since; not a number where the system does not tell.</summary>
    public double Share => (Busy() - Own(peers) - busyAtFirst) / (Stopwatch.GetElapsedTime(began).TotalSeconds * Environment.ProcessorCount);

    private static double Own(PeerProcess peers)
    {
        using var here = Process.GetCurrentProcess();
        return (here.TotalProcessorTime + peers.Processor).TotalSeconds;
    }

    /// <summary>Seconds of all cores in user and system time, and stolen by the host: the kernel counts in hundredths.</summary>
    private static double Busy()
    {
        if (!File.Exists("/proc/stat"))
        {
            return double.NaN;
        }

        var ticks = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(t => double.Parse(t, CultureInfo.InvariantCulture)).ToArray();
        return (ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6] + ticks[7]) / 100;
    }
}

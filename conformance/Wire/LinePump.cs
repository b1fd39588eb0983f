using System.Buffers;
using System.Collections.Concurrent;

namespace LatentConformance.Conformance.Wire;

/// <summary>
/// Reads lines from a stream on a thread of its own and hands them over one by one. Never holds more than a few lines,
/// nor a line longer than its limit: whoever writes without end is stopped, not stored.
/// </summary>
internal sealed class LinePump : IDisposable
{
    private const int LinesAhead = 8;
    private const int ChunkBytes = 1 << 16;

    private readonly BlockingCollection<byte[]> lines = new(LinesAhead);
    private readonly CancellationTokenSource stop = new();
    private readonly Stream source;
    private long longest;

    public LinePump(Stream source, long longest)
    {
        this.source = source;
        this.longest = longest;
        new Thread(Run) { IsBackground = true, Name = "lines of an implementation" }.Start();
    }

    /// <summary>Bytes that a line may have; the larger the question, the larger the answer that is let through.</summary>
    public long Longest
    {
        set => Interlocked.Exchange(ref longest, value);
    }

    /// <summary>Why no further line will come; null while one may.</summary>
    public string? End { get; private set; }

    /// <summary>True when there is more to read, and it will not be.</summary>
    public bool IsCutOff { get; private set; }

    /// <summary>The next line without its end, or null: then either time is up or <see cref="End"/> says why.</summary>
    public byte[]? Next(TimeSpan wait) => lines.TryTake(out var line, wait) ? line : null;

    public void Dispose() => stop.Cancel();

    private void Run()
    {
        try
        {
            End = Lines();
        }
        catch (OperationCanceledException)
        {
            End = "was stopped";
        }
        catch (Exception broken) when (broken is IOException or ObjectDisposedException)
        {
            End = "closed its stdout";
        }
        finally
        {
            lines.CompleteAdding();
        }
    }

    private string Lines()
    {
        var chunk = new byte[ChunkBytes];
        var line = new ArrayBufferWriter<byte>();
        for (int read; (read = source.Read(chunk)) > 0;)
        {
            var rest = chunk.AsSpan(0, read);
            for (int end; (end = rest.IndexOf((byte)'\n')) >= 0; rest = rest[(end + 1)..])
            {
                line.Write(rest[..end]);
                lines.Add(line.WrittenSpan.TrimEnd((byte)'\r').ToArray(), stop.Token);
                line = line.Capacity > ChunkBytes ? new ArrayBufferWriter<byte>() : line;
                line.ResetWrittenCount();
            }

            line.Write(rest);
            if (line.WrittenCount > Interlocked.Read(ref longest))
            {
                IsCutOff = true;
                return $"wrote {line.WrittenCount >> 20} MiB without a line's end";
            }
        }

        return line.WrittenCount == 0 ? "ended" : $"ended in the middle of a line: {Plain.Bytes(line.WrittenSpan)}";
    }
}

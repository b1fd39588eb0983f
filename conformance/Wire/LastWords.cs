using System.Text;

namespace LatentConformance.Conformance.Wire;

/// <summary>Drains stderr, so that nobody who floods it blocks, and keeps its end: the traceback that explains a death.</summary>
internal sealed class LastWords : IDisposable
{
    private const int Kept = 4096;

    private readonly Stream source;
    private readonly byte[] ring = new byte[Kept];
    private readonly Lock gate = new();
    private readonly Thread thread;
    private long written;

    public LastWords(Stream source)
    {
        this.source = source;
        thread = new Thread(Drain) { IsBackground = true, Name = "stderr of an implementation" };
        thread.Start();
    }

    /// <summary>The last line that says something, once the stream has ended or a moment after.</summary>
    public string Text
    {
        get
        {
            thread.Join(TimeSpan.FromMilliseconds(200));
            lock (gate)
            {
                var count = (int)Math.Min(written, Kept);
                var bytes = Enumerable.Range(0, count).Select(i => ring[(written - count + i) % Kept]).ToArray();
                var lines = Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
                return lines.Length == 0 ? "" : Plain.Text(lines[^1]);
            }
        }
    }

    public void Dispose() => source.Dispose();

    private void Drain()
    {
        var chunk = new byte[1 << 14];
        try
        {
            for (int read; (read = source.Read(chunk)) > 0;)
            {
                lock (gate)
                {
                    for (var i = 0; i < read; i++)
                    {
                        ring[written++ % Kept] = chunk[i];
                    }
                }
            }
        }
        catch (Exception closed) when (closed is IOException or ObjectDisposedException)
        {
            // The process is gone; what it said is kept.
        }
    }
}

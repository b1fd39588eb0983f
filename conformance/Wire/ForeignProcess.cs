using System.ComponentModel;
using System.Diagnostics;

namespace LatentConformance.Conformance.Wire;

/// <summary>
/// One process that speaks the protocol: its lines, its last words, its end. Whatever it does, nothing it started outlives
/// it, and no call here waits longer than it was told to.
/// </summary>
internal sealed class ForeignProcess : IDisposable
{
    /// <summary>A line of an answer may be this long whatever was asked.</summary>
    private const long ShortestLimit = 16 << 20;

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly string mark = Guid.NewGuid().ToString("N");
    private readonly Process process;
    private readonly LinePump lines;
    private readonly LastWords words;
    private bool isLost;

    private ForeignProcess(IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment[Leftovers.Variable] = mark;
        process = Process.Start(start)!;
        lines = new LinePump(process.StandardOutput.BaseStream, ShortestLimit);
        words = new LastWords(process.StandardError.BaseStream);
    }

    /// <exception cref="CannotRunException">There is no such program.</exception>
    public static ForeignProcess Start(IReadOnlyList<string> command)
    {
        try
        {
            return new ForeignProcess(command);
        }
        catch (Exception absent) when (absent is Win32Exception or IOException or InvalidOperationException)
        {
            throw new CannotRunException($"cannot start '{Plain.Text(command[0])}': {Plain.Text(absent.Message)}; expected a program on the PATH or a path to one");
        }
    }

    /// <summary>Writes a line and waits for one. What stands in the way of either is the message of the exception.</summary>
    public byte[] Exchange(ReadOnlyMemory<byte> line, TimeSpan timeout)
    {
        isLost = true;
        var answer = Exchanged(line, timeout);
        isLost = false;
        return answer;
    }

    private byte[] Exchanged(ReadOnlyMemory<byte> line, TimeSpan timeout)
    {
        // An answer may hold whole images where a question did, as text with shapes and names beside it.
        lines.Longest = Math.Max(ShortestLimit, 8L * line.Length);
        var deadline = Deadline(timeout);

        // A process that does not read blocks the write: the watchdog ends the process, and with it the write.
        using (new Timer(_ => Kill(), null, timeout, Timeout.InfiniteTimeSpan))
        {
            try
            {
                process.StandardInput.BaseStream.Write(line.Span);
                process.StandardInput.BaseStream.Flush();
            }
            catch (IOException)
            {
                throw Remaining(deadline) > TimeSpan.Zero ? Ended() : new SilentException(timeout);
            }
        }

        return lines.Next(Remaining(deadline)) ?? throw (lines.End is null ? new SilentException(timeout) : Ended());
    }

    /// <summary>A line that nobody asked for, if one is waiting.</summary>
    public byte[]? Unasked(TimeSpan wait) => lines.Next(wait);

    /// <summary>The next line, or null when there is none in time; the end of the process is an exception.</summary>
    public byte[]? Next(TimeSpan wait) => lines.Next(wait) ?? (lines.End is null ? null : throw Ended());

    /// <summary>Closes its stdin, which is how the protocol says goodbye; true when it leaves by itself.</summary>
    public bool Leaves()
    {
        try
        {
            process.StandardInput.Close();
            return process.WaitForExit(Grace);
        }
        catch (IOException)
        {
            return process.WaitForExit(Grace);
        }
    }

    public void Dispose()
    {
        // One that failed to answer is not waited for again.
        if (!isLost)
        {
            Leaves();
        }

        Kill();
        lines.Dispose();
        words.Dispose();
        process.Dispose();
    }

    private void Kill()
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception gone) when (gone is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It left by itself, or part of its tree did while it was being ended.
        }

        Leftovers.Kill(mark);
    }

    private EndedException Ended()
    {
        var how = lines.End ?? "ended";
        var code = !lines.IsCutOff && process.WaitForExit(Grace) ? $" with exit code {process.ExitCode}" : "";
        var last = words.Text is { Length: > 0 } text ? $"; its last words on stderr: {text}" : "";
        return new EndedException($"{how}{code}{last}");
    }

    private static long Deadline(TimeSpan timeout) => Environment.TickCount64 + (long)timeout.TotalMilliseconds;

    private static TimeSpan Remaining(long deadline) => TimeSpan.FromMilliseconds(Math.Max(0, deadline - Environment.TickCount64));
}

/// <summary>It could not be started at all, or never said hello: nothing can be judged.</summary>
public sealed class CannotRunException(string message) : Exception(message);

/// <summary>No answer in time.</summary>
internal sealed class SilentException(TimeSpan waited)
    : Exception(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"no answer within {waited.TotalSeconds:0.##} s"));

/// <summary>The process is gone, or what it sends will not be read any further.</summary>
internal sealed class EndedException(string message) : Exception(message);

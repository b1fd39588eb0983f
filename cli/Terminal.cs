namespace LatentConformance.Cli;

/// <summary>Results go to stdout or a file, everything else to stderr; a reader that goes away ends nothing in a trace.</summary>
internal static class Terminal
{
    /// <summary>Colour only where a person looks: a terminal, no NO_COLOR, no dumb one.</summary>
    public static bool Colour =>
        !Console.IsOutputRedirected
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Environment.GetEnvironmentVariable("TERM") != "dumb";

    public static void Error(string message) => Quietly(() => Console.Error.WriteLine($"latent: {Plain(message.ReplaceLineEndings(" "))}"));

    public static void Note(string message) => Quietly(() => Console.Error.WriteLine(Plain(message)));

    /// <summary>One line that overwrites itself, on a terminal only.</summary>
    public static void Progress(int done, int total)
    {
        if (!Console.IsErrorRedirected && (done % 50 == 0 || done == total))
        {
            Quietly(() => Console.Error.Write(done == total ? "\r\u001b[K" : $"\r{done} of {total}"));
        }
    }

    public static void Results(string text, FileInfo? output)
    {
        if (output is null)
        {
            ToStandardOutput(text);
            return;
        }

        try
        {
            File.WriteAllText(output.FullName, text);
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(output, denied);
        }
    }

    /// <summary>A pipe that closes is no error: its reader has what it wanted. A full disk is.</summary>
    private static void ToStandardOutput(string text)
    {
        try
        {
            using var stdout = Console.OpenStandardOutput();
            stdout.Write(new System.Text.UTF8Encoding(false).GetBytes(text));
        }
        catch (IOException denied)
        {
            throw new UsageException($"cannot write to standard output: {denied.Message.ReplaceLineEndings(" ")}");
        }
    }

    /// <summary>Found out before the work, not after it.</summary>
    public static void RefuseUnlessWritable(FileInfo? output)
    {
        if (output is null)
        {
            return;
        }

        try
        {
            using var probe = new FileStream(output.FullName, FileMode.OpenOrCreate, FileAccess.Write);
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(output, denied);
        }
    }

    /// <summary>Text from outside without the characters that would drive a terminal.</summary>
    public static string Plain(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '?' : c));

    private static UsageException Unwritable(FileInfo output, Exception denied) =>
        new($"cannot write {Plain(output.ToString())}: {denied.Message.ReplaceLineEndings(" ")}; expected a path in a folder that exists and is writable");

    private static void Quietly(Action write)
    {
        try
        {
            write();
        }
        catch (IOException)
        {
            // Nobody reads stderr any more; the exit code still speaks.
        }
    }
}

namespace LatentConformance.Cli;

/// <summary>What `latent` tells a script.</summary>
internal static class ExitCodes
{
    /// <summary>All that was asked holds.</summary>
    public const int Holds = 0;

    /// <summary>Something does not hold.</summary>
    public const int DoesNotHold = 1;

    /// <summary>The command is wrong, or a file it was given is.</summary>
    public const int WrongUse = 2;

    /// <summary>It could not run.</summary>
    public const int CouldNotRun = 3;

    public const int Interrupted = 130;
}

/// <summary>The command is wrong; the message is one line that says what was expected.</summary>
internal sealed class UsageException(string message) : Exception(message);

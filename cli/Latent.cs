using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using LatentConformance.Conformance;
using LatentConformance.Conformance.Wire;
using LatentConformance.Contract;
using LatentConformance.Gate;

namespace LatentConformance.Cli;

/// <summary>The `latent` command: reads the arguments, runs one command, turns whatever happens into an exit code and one line.</summary>
public static class Latent
{
    public static string Version { get; } = typeof(Latent).Assembly.GetName().Version!.ToString(3);

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A user never sees a stack trace; LATENT_DEBUG shows it.")]
    public static int Run(string[] args)
    {
        try
        {
            var root = Root();
            var parsed = root.Parse(args);
            if (ArgumentErrors.OneLine(parsed) is { } wrong)
            {
                throw new UsageException(wrong);
            }

            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception stopped) when (Environment.GetEnvironmentVariable("LATENT_DEBUG") is null or "")
        {
            return Report(stopped is TargetInvocationException { InnerException: { } inner } ? inner : stopped);
        }
    }

    private static RootCommand Root()
    {
        var root = new RootCommand("Holds VAE, VQ-VAE and FSQ implementations against what the field's lessons state.");
        root.Subcommands.Add(VerifyCommand.Make());
        root.Subcommands.Add(ReplayCommand.Make());
        root.Subcommands.Add(InitCommand.Make());
        root.Subcommands.Add(CheckCommand.Make());
        root.Subcommands.Add(ClaimsCommand.Make());
        root.Subcommands.Add(ExplainCommand.Make());
        root.Subcommands.Add(OpsCommand.Make());
        root.Subcommands.Add(GateCommand.Make());
        root.Subcommands.Add(TeethCommand.Make());
        root.Subcommands.Add(GoldensCommand.Make());
        root.Subcommands.Add(VectorsCommand.Make());
        root.Subcommands.Add(GradeCommand.Make());
        root.Subcommands.Add(MergeCommand.Make());
        return root;
    }

    private static int Report(Exception stopped)
    {
        switch (stopped)
        {
            case SpecError or UsageException or GateException:
                Terminal.Error(stopped.Message);
                return ExitCodes.WrongUse;
            case CannotRunException or UnavailableException:
                Terminal.Error(stopped.Message);
                return ExitCodes.CouldNotRun;
            case OperationCanceledException:
                Terminal.Error("interrupted");
                return ExitCodes.Interrupted;
            default:
                Terminal.Error($"could not run: {stopped.GetType().Name}: {stopped.Message}; LATENT_DEBUG=1 shows where");
                return ExitCodes.CouldNotRun;
        }
    }
}

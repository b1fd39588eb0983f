using System.CommandLine;
using LatentConformance.Conformance;

namespace LatentConformance.Cli;

/// <summary>What is wrong with the arguments, in one line with the nearest name.</summary>
internal static class ArgumentErrors
{
    public static string OneLine(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var name = command is RootCommand ? "latent" : $"latent {command.Name}";
        if (parsed.UnmatchedTokens.Count > 0)
        {
            var token = parsed.UnmatchedTokens[0];
            var isOption = token.StartsWith('-');
            var known = isOption
                ? command.Options.Select(o => o.Name)
                : command.Subcommands.Select(c => c.Name);
            var what = isOption ? "option" : command.Subcommands.Count > 0 ? "command" : "argument";
            return $"{name} has no {what} '{Terminal.Plain(token)}'{Nearest.Hint(token, known)}; '{name} --help' lists what it takes";
        }

        if (command is RootCommand)
        {
            return "no command given; 'latent --help' lists them";
        }

        return $"{name}: {Terminal.Plain(parsed.Errors[0].Message.ReplaceLineEndings(" "))}";
    }
}

using System.CommandLine;
using System.CommandLine.Parsing;
using LatentConformance.Conformance;

namespace LatentConformance.Cli;

/// <summary>What is wrong with the arguments, in one line with the nearest name.</summary>
internal static class ArgumentErrors
{
    /// <summary>Null when nothing is wrong. A misspelt option never passes for the argument that stands beside it.</summary>
    public static string? OneLine(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var name = Path(parsed.CommandResult);
        var stranger = parsed.Tokens
            .TakeWhile(t => t.Type is not TokenType.DoubleDash)
            .FirstOrDefault(t => t.Type is TokenType.Argument && t.Value.StartsWith("--", StringComparison.Ordinal))?.Value
            ?? (parsed.UnmatchedTokens.Count > 0 ? parsed.UnmatchedTokens[0] : null);
        if (stranger is { } token)
        {
            var isOption = token.StartsWith('-');
            var known = isOption
                ? command.Options.Select(o => o.Name)
                : command.Subcommands.Select(c => c.Name);
            var what = isOption ? "option" : command.Subcommands.Count > 0 ? "command" : "argument";
            return $"{name} has no {what} '{Terminal.Plain(token)}'{Nearest.Hint(token, known)}; '{name} --help' lists what it takes";
        }

        if (parsed.Errors.Count == 0)
        {
            return null;
        }

        if (command is RootCommand)
        {
            return "no command given; 'latent --help' lists them";
        }

        return $"{name}: {Terminal.Plain(parsed.Errors[0].Message.ReplaceLineEndings(" "))}";
    }

    /// <summary>The command as it was typed: latent goldens check.</summary>
    private static string Path(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{Path(parent)} {result.Command.Name}" : "latent";
}

using System.CommandLine;
using System.Globalization;
using System.Text;
using LatentConformance.Conformance.Reports;
using LatentConformance.Contract;

namespace LatentConformance.Cli;

/// <summary>latent ops: the catalogue of operations, as the wire sees it.</summary>
internal static class OpsCommand
{
    public static Command Make()
    {
        var format = CommonOptions.Format("text", "json");
        var command = new Command("ops", "Lists the operations that an implementation can be asked.");
        command.Options.Add(format);
        command.SetAction(parsed =>
        {
            var catalogue = Catalogue.Standard;
            Terminal.Results(parsed.GetValue(format) == "json" ? JsonReport.Operations(catalogue) : Text(catalogue), null);
            return ExitCodes.Holds;
        });
        return command;
    }

    private static string Text(Catalogue catalogue)
    {
        var text = new StringBuilder();
        foreach (var family in catalogue.Operations.GroupBy(o => o.Family).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"{family.Key}\n");
            foreach (var operation in family)
            {
                var conventions = operation.Honours.Count == 0 ? "" : $"   [{string.Join(", ", operation.Honours)}]";
                text.Append(CultureInfo.InvariantCulture, $"  {operation.Signature}{conventions}\n");
            }
        }

        return text.ToString();
    }
}

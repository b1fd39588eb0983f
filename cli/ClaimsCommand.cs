using System.CommandLine;
using System.Globalization;
using System.Text;
using LatentConformance.Conformance.Reports;
using LatentConformance.Conformance.Spec;
using LatentConformance.Contract;

namespace LatentConformance.Cli;

/// <summary>latent claims: what the spec states, without running it.</summary>
internal static class ClaimsCommand
{
    public static Command Make()
    {
        var common = new CommonOptions();
        var format = CommonOptions.Format("text", "json");
        var coverage = new Option<bool>("--coverage") { Description = "How much of each document is checked." };
        var errata = new Option<bool>("--errata") { Description = "What is wrong in the documents, as a page in Markdown." };
        var command = new Command("claims", "Lists the statements of the spec.");
        common.AddTo(command, format, coverage, errata);
        command.SetAction(parsed =>
        {
            var output = parsed.GetValue(common.Output);
            Terminal.RefuseUnlessWritable(output);
            var book = common.Shelf(parsed).Book(Catalogue.Standard);
            var asJson = parsed.GetValue(format) == "json";
            if (parsed.GetValue(coverage) || parsed.GetValue(errata))
            {
                RefuseWhatHasNoEffect(parsed, common, asJson, parsed.GetValue(coverage), parsed.GetValue(errata));
                Terminal.Results(parsed.GetValue(errata) ? ErrataPage.Of(book) : asJson ? Coverage.Json(book) : Coverage.Text(book), output);
                return ExitCodes.Holds;
            }

            var selection = common.Selection(parsed, book);
            var claims = book.Claims.Where(selection.Includes).ToArray();
            if (claims.Length == 0)
            {
                throw new UsageException("no claim matches what was asked for");
            }

            Terminal.Results(asJson ? JsonReport.Claims(claims) : Text(claims), output);
            return ExitCodes.Holds;
        });
        return command;
    }

    private static void RefuseWhatHasNoEffect(ParseResult parsed, CommonOptions common, bool asJson, bool coverage, bool errata)
    {
        if (coverage && errata)
        {
            throw new UsageException("--coverage and --errata are two answers; ask for one");
        }

        if (parsed.GetValue(common.Filter) is not null || parsed.GetValue(common.Operations) is { Length: > 0 } || parsed.GetValue(common.Sources) is { Length: > 0 })
        {
            throw new UsageException($"{(errata ? "--errata" : "--coverage")} is about the whole spec; leave out --filter, --op and --source");
        }

        if (errata && asJson)
        {
            throw new UsageException("--errata is a page in Markdown; leave out --format json");
        }
    }

    private static string Text(Claim[] claims)
    {
        var text = new StringBuilder();
        var width = claims.Max(c => c.Id.Length);
        foreach (var topic in claims.GroupBy(c => c.Topic))
        {
            text.Append(CultureInfo.InvariantCulture, $"{topic.Key}\n");
            foreach (var claim in topic)
            {
                text.Append(CultureInfo.InvariantCulture, $"  {claim.Id.PadRight(width)}  {ClaimReader.WireName(claim.Verdict),-12}  {claim.Says}\n");
            }
        }

        var verdicts = claims.GroupBy(c => c.Verdict).OrderBy(g => g.Key).Select(g => $"{g.Count()} {ClaimReader.WireName(g.Key)}");
        return text.Append(CultureInfo.InvariantCulture, $"{claims.Length} claims: {string.Join(", ", verdicts)}\n").ToString();
    }
}

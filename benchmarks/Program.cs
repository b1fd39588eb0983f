using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using LatentConformance.Benchmarks;

// The gate has a harness of its own: BenchmarkDotNet cannot interleave two builds.
if (args is ["gate-evidence", .. var options])
{
    return GateEvidence.Run(options);
}

if (args is ["burn"])
{
    return GateEvidence.Burn();
}

// A case's title is its row: cut to twenty letters, rows could not be told apart.
var config = DefaultConfig.Instance.WithSummaryStyle(SummaryStyle.Default.WithMaxParameterColumnWidth(80));

// In this process: the program that BenchmarkDotNet would otherwise generate looks for a project named as the assembly is.
var summaries = BenchmarkSwitcher.FromAssembly(typeof(ReferenceBenchmarks).Assembly).Run([.. args, "--inProcess"], config).ToArray();

// BenchmarkDotNet exits 0 when nothing matched and when a benchmark failed; a script needs to know.
var listed = args.Any(a => a is "--list" or "--help" or "--info" || a.StartsWith("--list", StringComparison.Ordinal));
var ran = summaries.Length > 0 && summaries.All(s => !s.HasCriticalValidationErrors && s.Reports.Length > 0 && s.Reports.All(r => r.Success));
return listed || ran ? 0 : 1;

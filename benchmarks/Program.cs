using BenchmarkDotNet.Running;

// BenchmarkDotNet exits 0 when nothing matched and when a benchmark failed; a script needs to know.
var summaries = BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args).ToArray();
var listed = args.Any(a => a is "--list" or "--help" or "--info" || a.StartsWith("--list", StringComparison.Ordinal));
var ran = summaries.Length > 0 && summaries.All(s => !s.HasCriticalValidationErrors && s.Reports.Length > 0 && s.Reports.All(r => r.Success));
return listed || ran ? 0 : 1;

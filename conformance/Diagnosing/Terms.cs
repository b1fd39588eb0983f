using LatentConformance.Contract;

namespace LatentConformance.Conformance.Diagnosing;

/// <summary>The given totals over all cases beside our two terms, and the numbers that weigh the terms to make the totals.</summary>
internal sealed class Terms
{
    private const int Fitted = 2;

    /// <summary>Numbers that were snapped to their digits are quotients to a few roundings of float64.</summary>
    public static readonly double Ratio = 4 * Precision.Of(DType.Float64).Storage;

    private readonly Row[] rows;

    private Terms(Row[] rows, string first, string second) => (this.rows, First, Second) = (rows, first, second);

    /// <summary>The term's name, or its sum where the total is one number for many of the term's.</summary>
    public string First { get; }

    public string Second { get; }

    public static Terms? Of(Output output, TotalAttribute total)
    {
        var rows = new List<Row>();
        var (sumsFirst, sumsSecond) = (false, false);
        foreach (var sample in output.Samples)
        {
            var first = Values(sample, total.First, output.Precision, ref sumsFirst);
            var second = Values(sample, total.Second, output.Precision, ref sumsSecond);
            if (first is null || second is null)
            {
                return null;
            }

            rows.AddRange(sample.Given.Select((y, e) => new Row(sample, y, first[e].Value, second[e].Value, first[e].Allowed, second[e].Allowed)));
        }

        var telling = rows.Where(r => r.IsTelling).ToArray();
        return telling.Length <= Fitted || telling.Select(r => r.Sample).Distinct().Count() < Fitted
            ? null
            : new Terms([.. rows], sumsFirst ? $"sum({total.First})" : total.First, sumsSecond ? $"sum({total.Second})" : total.Second);
    }

    /// <summary>The two numbers, by least squares over all totals, where they give every total to rounding.</summary>
    public (Number First, Number Second)? Fit(Product first, Product second, int tried)
    {
        var weighed = rows.Select(r => r.Weighed(first.At(r.Sample.Quantities), second.At(r.Sample.Quantities))).ToArray();
        var telling = weighed.Where(r => r.IsTelling).ToArray();
        if (LeastSquares(telling) is not var (a, b) || !telling.All(r => r.IsTotal(a.Middle, b.Middle)))
        {
            return null;
        }

        var (x, y) = (Number.Simplest(a), Number.Simplest(b));
        return weighed.All(r => r.IsTotal(x.Value, y.Value)) && Coincidence.IsExcluded(telling.Select(r => r.Openness(x.Value, y.Value)), Fitted, tried) ? (x, y) : null;
    }

    /// <summary>
    /// Both numbers with how far rounding may have moved them. Each total counts relative to its size; each term's number is
    /// read off along what the other term leaves of it. Where that is next to nothing, the two cannot be told apart.
    /// </summary>
    private static (Interval First, Interval Second)? LeastSquares(Row[] rows)
    {
        var scale = rows.Select(r => 1 / Math.Max(Math.Abs(r.Y), Math.Max(Math.Abs(r.First), Math.Abs(r.Second)))).ToArray();
        var first = rows.Select((r, i) => r.First * scale[i]).ToArray();
        var second = rows.Select((r, i) => r.Second * scale[i]).ToArray();
        var (alongFirst, alongSecond) = (Beside(first, second), Beside(second, first));
        double Along(double[] direction, Func<Row, double> value) => rows.Select((r, i) => direction[i] * scale[i] * value(r)).Sum();

        // Once more on what is left over takes back what cancels in the first pass.
        var (a, b) = (Along(alongFirst, r => r.Y), Along(alongSecond, r => r.Y));
        (a, b) = (a + Along(alongFirst, r => r.Left(a, b)), b + Along(alongSecond, r => r.Left(a, b)));
        double Slack(double[] direction) => rows.Select((r, i) => Math.Abs(direction[i]) * scale[i] * r.Slack(a, b)).Sum();
        var (numberA, numberB) = (Interval.Around(a, Slack(alongFirst)), Interval.Around(b, Slack(alongSecond)));
        return IsKnown(numberA, first) && IsKnown(numberB, second) ? (numberA, numberB) : null;
    }

    /// <summary>A number is known sharply, or known to be next to nothing beside totals of size one.</summary>
    private static bool IsKnown(Interval number, double[] term) =>
        number.IsSharp || (number.Contains(0) && new Interval(1 - (number.High * term.Max(Math.Abs)), 1 - (number.Low * term.Max(Math.Abs))).IsSharp);

    private static double[] Beside(double[] term, double[] other)
    {
        var share = Dot(term, other) / Dot(other, other);
        var rest = term.Select((t, i) => t - (share * other[i])).ToArray();
        var size = Dot(rest, rest);
        return [.. rest.Select(r => r / size)];
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    /// <summary>A term as the total has it: value for value, or added up where the total is one number.</summary>
    private static (double Value, double Allowed)[]? Values(Sample sample, string term, Precision precision, ref bool isSum)
    {
        if (!sample.Evidence.Expected.TryGetValue(term, out var tensor))
        {
            return null;
        }

        var (values, allowed) = (tensor.ToDoubles(), Sample.AllowedIn(tensor, precision));
        if (values.Length == sample.Given.Length)
        {
            return [.. values.Zip(allowed)];
        }

        isSum = true;
        return sample.Given.Length == 1 ? [(values.Sum(), allowed.Sum())] : null;
    }

    /// <summary>A total that was given, with our terms and how far ordinary code may be from each.</summary>
    private readonly record struct Row(Sample Sample, double Y, double First, double Second, double AllowedFirst, double AllowedSecond)
    {
        public bool IsTelling => double.IsFinite(Y) && double.IsFinite(First) && double.IsFinite(Second) && (First != 0 || Second != 0);

        public Row Weighed(double first, double second) => this with
        {
            First = first * First,
            Second = second * Second,
            AllowedFirst = Math.Abs(first) * AllowedFirst,
            AllowedSecond = Math.Abs(second) * AllowedSecond,
        };

        public double Left(double a, double b) => Y - (a * First) - (b * Second);

        public double Slack(double a, double b) =>
            (Math.Abs(a) * AllowedFirst) + (Math.Abs(b) * AllowedSecond)
            + (Sample.Rounding * (Math.Abs(a * First) + Math.Abs(b * Second) + Math.Abs(Y)));

        public double Openness(double a, double b) => Interval.Around(Y, Slack(a, b)).Openness;

        /// <summary>A mean over an empty batch is no number on either side.</summary>
        public bool IsTotal(double a, double b)
        {
            var total = (a * First) + (b * Second);
            return total.Equals(Y) || Math.Abs(total - Y) <= Slack(a, b);
        }
    }
}

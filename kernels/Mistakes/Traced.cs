namespace LatentConformance.Mistakes;

/// <summary>
/// A value that remembers how it was made. A wrong formula is then written once, and its gradient is what automatic
/// differentiation makes of it, as it is in the code where the mistake is made: the two cannot drift apart.
/// </summary>
internal sealed class Traced
{
    private static long made;
    private readonly long order = Interlocked.Increment(ref made);
    private readonly (Traced Of, double Slope)[] parents;

    private Traced(double value, params (Traced Of, double Slope)[] parents)
    {
        Value = value;
        this.parents = parents;
    }

    public double Value { get; }

    public double Gradient { get; private set; }

    /// <summary>The value without its past: sg(x), detach, stop_gradient.</summary>
    public Traced Detached => new(Value);

    public static implicit operator Traced(double value) => new(value);

    public static Traced operator +(Traced a, Traced b) => new(a.Value + b.Value, (a, 1), (b, 1));

    public static Traced operator -(Traced a, Traced b) => new(a.Value - b.Value, (a, 1), (b, -1));

    public static Traced operator -(Traced a) => new(-a.Value, (a, -1));

    public static Traced operator *(Traced a, Traced b) => new(a.Value * b.Value, (a, b.Value), (b, a.Value));

    public static Traced operator /(Traced a, Traced b) =>
        new(a.Value / b.Value, (a, 1 / b.Value), (b, -a.Value / (b.Value * b.Value)));

    public static Traced Exp(Traced a) => new(Math.Exp(a.Value), (a, Math.Exp(a.Value)));

    public static Traced Log(Traced a) => new(Math.Log(a.Value), (a, 1 / a.Value));

    public static Traced Log1P(Traced a) => new(double.LogP1(a.Value), (a, 1 / (1 + a.Value)));

    public static Traced Sqrt(Traced a) => new(Math.Sqrt(a.Value), (a, 0.5 / Math.Sqrt(a.Value)));

    public static Traced Tanh(Traced a) => new(Math.Tanh(a.Value), (a, 1 / Math.Pow(Math.Cosh(a.Value), 2)));

    public static Traced Abs(Traced a) => new(Math.Abs(a.Value), (a, double.IsNaN(a.Value) ? double.NaN : Math.Sign(a.Value)));

    public static Traced Sigmoid(Traced a)
    {
        var value = 1 / (1 + Math.Exp(-a.Value));
        return new(value, (a, value * (1 - value)));
    }

    public static Traced Square(Traced a) => a * a;

    /// <summary>Clamped as frameworks do it: nothing flows back from outside the range.</summary>
    public static Traced Clamp(Traced a, double low, double high) =>
        a.Value < low ? low : a.Value > high ? high : a;

    /// <summary>The value of <paramref name="value"/> with the gradient of <paramref name="a"/>: a + sg(value − a).</summary>
    public static Traced Through(Traced a, double value) => new(value, (a, 1));

    public static Traced Sum(IEnumerable<Traced> terms)
    {
        (Traced Of, double Slope)[] all = [.. terms.Select(t => (t, 1.0))];
        return new(all.Sum(t => t.Of.Value), all);
    }

    public static Traced Sum(int count, Func<int, Traced> term) => Sum(Enumerable.Range(0, count).Select(term));

    /// <summary>Leaves in everything that <paramref name="ends"/> were made of the gradient of Σ weight · end.</summary>
    public static void Backward(IEnumerable<(Traced End, double Weight)> ends)
    {
        var reached = new HashSet<Traced>();
        var open = new Stack<Traced>();
        foreach (var (end, weight) in ends)
        {
            end.Gradient += weight;
            open.Push(end);
        }

        while (open.TryPop(out var next))
        {
            if (reached.Add(next))
            {
                Array.ForEach(next.parents, p => open.Push(p.Of));
            }
        }

        foreach (var one in reached.OrderByDescending(t => t.order))
        {
            foreach (var (of, slope) in one.parents)
            {
                of.Gradient += one.Gradient * slope;
            }
        }
    }
}

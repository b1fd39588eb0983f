namespace LatentConformance.Reference;

/// <summary>
/// x̂ = x / max(‖x‖, ε) with its bound, and the way back through it: ∂x = (g − (g·x̂) x̂) / ‖x‖, or g / ε where ε was the divisor.
/// </summary>
internal sealed class UnitVector
{
    private readonly Real divisor;
    private readonly bool isGuarded;

    public UnitVector(IReadOnlyList<Real> vector, double epsilon)
    {
        Norm = Real.Sqrt(Dot(vector, vector));
        isGuarded = Norm.Value < epsilon;
        divisor = isGuarded ? epsilon : Norm;
        Direction = Answers.Each(vector.Count, j => vector[j] / divisor);
    }

    public Real Norm { get; }

    public Real[] Direction { get; }

    public static UnitVector Of(double[] vector, double epsilon = 0) => new([.. vector.Select(v => (Real)v)], epsilon);

    public static Real Dot(IReadOnlyList<Real> a, IReadOnlyList<Real> b) => Answers.Sum(a.Count, j => a[j] * b[j]);

    public Real[] Backward(IReadOnlyList<Real> upstream)
    {
        var along = isGuarded ? 0 : Dot(upstream, Direction);
        return Answers.Each(upstream.Count, j => isGuarded ? upstream[j] / divisor : Real.Terms(upstream[j], -(along * Direction[j])) / divisor);
    }
}

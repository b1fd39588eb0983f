using LatentConformance.Contract;

namespace LatentConformance.Reference;

/// <summary>
/// What EMA learning carries from step to step: codes e, running counts N, running sums m, each number with its bound, so
/// that the bound of several steps is the bound of each in turn.
/// </summary>
internal sealed record CodebookState(Real[][] Codebook, Real[] Counts, Real[][] Sums)
{
    private int Size => Counts.Length;

    /// <summary>The codes without their bounds, as the next step looks them up.</summary>
    public Tensor Codes => new([Size, Width], [.. Codebook.SelectMany(row => row.Select(v => v.Value))]);

    public Tensor CodebookAnswer => Matrix(Codebook);

    public Tensor CountsAnswer => Answers.Floats([Size], Counts);

    public Tensor SumsAnswer => Matrix(Sums);

    private int Width => Codebook[0].Length;

    public static CodebookState Of(Tensor codebook, Tensor counts, Tensor sums) =>
        new(Rows(codebook), Answers.Each(counts.Count, k => counts[k]), Rows(sums));

    /// <summary>N' = γ N + (1 − γ) n, m' = γ m + (1 − γ) Σ z, e' = m' / Ñ.</summary>
    public CodebookState Updated(IReadOnlyList<Assignment> batch, double decay, double epsilon)
    {
        var (counts, sums) = Averaged(batch, decay);
        return Of(counts, sums, epsilon);
    }

    /// <summary>The same averages begun at zero, and what they make once divided by 1 − γ^t, the weight they have gathered.</summary>
    public (CodebookState Hidden, CodebookState Average) UpdatedFromZero(IReadOnlyList<Assignment> batch, long t, double decay, double epsilon)
    {
        var (counts, sums) = Averaged(batch, decay);
        var weight = 1 - Real.Power(decay, t);
        var average = Of([.. counts.Select(n => n / weight)], [.. sums.Select(row => row.Select(m => m / weight).ToArray())], epsilon);
        return (average with { Counts = counts, Sums = sums }, average);
    }

    /// <summary>The i-th code whose count is below the threshold takes the i-th candidate, e, N and m together.</summary>
    public CodebookState Revived(Tensor candidates, double threshold, double resetCount)
    {
        int[] dead = [.. Enumerable.Range(0, Size).Where(k => Counts[k].Value < threshold)];
        if (dead.Length > candidates.Shape[0])
        {
            throw new RefusalException($"{dead.Length} codes are dead and there are {candidates.Shape[0]} candidates");
        }

        Real[][] codebook = [.. Codebook];
        Real[][] sums = [.. Sums];
        Real[] counts = [.. Counts];
        for (var i = 0; i < dead.Length; i++)
        {
            var candidate = i;
            counts[dead[i]] = resetCount;
            codebook[dead[i]] = Answers.Each(Width, j => candidates[candidate, j]);
            sums[dead[i]] = Answers.Each(Width, j => resetCount * (Real)candidates[candidate, j]);
        }

        return new(codebook, counts, sums);
    }

    /// <summary>
    /// γ a + (1 − γ) b. Code also writes a + (1 − γ)(b − a), whose roundings are of the size of both whatever their weights.
    /// </summary>
    public static Real Blend(Real old, Real fresh, double decay)
    {
        var blended = Real.Terms(decay * old, (1 - (Real)decay) * fresh);
        var apart = Math.Abs(old.Value) + Math.Abs(fresh.Value);
        return blended with { Error = blended.Error + new Coefficients(2 * apart, 0, 0), Peak = Math.Max(blended.Peak, apart) };
    }

    private static CodebookState Of(Real[] counts, Real[][] sums, double epsilon)
    {
        var smoothed = Smoothed(counts, epsilon);
        return new([.. sums.Select((row, k) => Answers.Each(row.Length, j => Divided(row[j], smoothed[k])))], counts, sums);
    }

    private (Real[] Counts, Real[][] Sums) Averaged(IReadOnlyList<Assignment> batch, double decay)
    {
        var members = batch.ToLookup(a => a.Code, a => a.Vector);
        return (
            Answers.Each(Size, k => Blend(Counts[k], members[k].Count(), decay)),
            [.. Sums.Select((row, k) => Answers.Each(row.Length, j => Blend(row[j], Real.Sum([.. members[k].Select(v => v[j])]), decay)))]);
    }

    /// <summary>Ñ = (N + ε) / (ΣN + K ε) · ΣN: keeps the total and lifts what is empty off zero.</summary>
    private static Real[] Smoothed(Real[] counts, double epsilon)
    {
        var total = Real.Sum(counts);
        Real[] smoothed = [.. counts.Select(n => (n + epsilon) / (total + (counts.Length * (Real)epsilon)) * total)];
        return Array.TrueForAll(smoothed, n => n.Value > 0)
            ? smoothed
            : throw new RefusalException("a code has no mass to divide by; it needs a count or an epsilon above zero");
    }

    /// <summary>Code divides by Ñ or multiplies by its parts in another order: two roundings more.</summary>
    private static Real Divided(Real sum, Real smoothed)
    {
        var code = sum / smoothed;
        return code with { Error = code.Error + new Coefficients(2 * Math.Abs(code.Value), 0, 0) };
    }

    private static Real[][] Rows(Tensor matrix) =>
        [.. Enumerable.Range(0, matrix.Shape[0]).Select(k => Answers.Each(matrix.Shape[1], j => matrix[k, j]))];

    private Tensor Matrix(Real[][] rows) => Answers.Matrix(Size, Width, (k, j) => rows[k][j]);
}

/// <summary>A vector, with what it may be off by, and the code that it was assigned to.</summary>
internal readonly record struct Assignment(int Code, Real[] Vector);

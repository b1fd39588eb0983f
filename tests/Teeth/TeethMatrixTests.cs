using NUnit.Framework;

namespace LatentConformance.Tests.Teeth;

/// <summary>Which case catches which mistake, as a file: losing a tooth is a visible diff.</summary>
public sealed class TeethMatrixTests
{
    [Test]
    public void Matrix_OfMistakesAndCases_IsTheGolden() =>
        TextGolden.Holds("teeth.txt", string.Concat(Ground.Matrix.Values.Select(b => b + "\n")));
}

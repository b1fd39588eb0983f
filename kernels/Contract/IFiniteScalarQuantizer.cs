namespace LatentConformance.Contract;

/// <summary>
/// Finite scalar quantization in its four forms, never under one name. Rounding is half to even in all of them; the
/// gradient takes the rounding for the identity and keeps the bound.
/// </summary>
public interface IFiniteScalarQuantizer
{
    /// <summary>The form in wide use: half = (L−1)(1+1e-3)/2, shift = atanh(offset/half), codes = round(tanh(z+shift)·half − offset) / (L div 2).</summary>
    [Operation("fsq(z: float[N,d], levels: int[d]) -> codes: float[N,d]")]
    [Domain("levels in [2, inf)")]
    Tensor Fsq(Tensor z, Tensor levels) => throw new NotImplementedException();

    [Operation("fsq.vjp(z: float[N,d], levels: int[d], d_codes: float[N,d]) -> d_z: float[N,d]")]
    Tensor FsqVjp(Tensor z, Tensor levels, Tensor dCodes) => throw new NotImplementedException();

    /// <summary>The authors' notebook: half = (L−1)(1−1e-3)/2 and shift = tan(offset/half).</summary>
    [Operation("fsq_notebook(z: float[N,d], levels: int[d]) -> codes: float[N,d]")]
    [Domain("levels in [2, inf)")]
    Tensor FsqNotebook(Tensor z, Tensor levels) => throw new NotImplementedException();

    [Operation("fsq_notebook.vjp(z: float[N,d], levels: int[d], d_codes: float[N,d]) -> d_z: float[N,d]")]
    Tensor FsqNotebookVjp(Tensor z, Tensor levels, Tensor dCodes) => throw new NotImplementedException();

    /// <summary>The lesson's code: round(tanh(z)·(L−1)/2), whole numbers.</summary>
    [Operation("fsq_tanh_half(z: float[N,d], levels: int[d]) -> codes: float[N,d]")]
    [Domain("levels in [2, inf)")]
    Tensor FsqTanhHalf(Tensor z, Tensor levels) => throw new NotImplementedException();

    [Operation("fsq_tanh_half.vjp(z: float[N,d], levels: int[d], d_codes: float[N,d]) -> d_z: float[N,d]")]
    Tensor FsqTanhHalfVjp(Tensor z, Tensor levels, Tensor dCodes) => throw new NotImplementedException();

    /// <summary>The lesson's formula: round(L·tanh(z)), which has 2L+1 values and not L.</summary>
    [Operation("fsq_round_tanh(z: float[N,d], levels: int[d]) -> codes: float[N,d]")]
    [Domain("levels in [2, inf)")]
    Tensor FsqRoundTanh(Tensor z, Tensor levels) => throw new NotImplementedException();

    [Operation("fsq_round_tanh.vjp(z: float[N,d], levels: int[d], d_codes: float[N,d]) -> d_z: float[N,d]")]
    Tensor FsqRoundTanhVjp(Tensor z, Tensor levels, Tensor dCodes) => throw new NotImplementedException();

    /// <summary>Round half to even, gradient of the identity: the primitive on which exact halves are judged.</summary>
    [Operation("round_half_even(x: float[N]) -> rounded: float[N]")]
    Tensor RoundHalfEven(Tensor x) => throw new NotImplementedException();

    [Operation("round_half_even.vjp(x: float[N], d_rounded: float[N]) -> d_x: float[N]")]
    Tensor RoundHalfEvenVjp(Tensor x, Tensor dRounded) => throw new NotImplementedException();

    /// <summary>Σ (code·w + w)·basis with w = L div 2 and basis = [1, L0, L0·L1, …]: the first dimension runs fastest.</summary>
    [Operation("fsq_codes_to_indices(codes: float[N,d], levels: int[d]) -> indices: int[N]")]
    [Domain("levels in [2, inf)")]
    Tensor FsqCodesToIndices(Tensor codes, Tensor levels) => throw new NotImplementedException();

    [Operation("fsq_indices_to_codes(indices: int[N], levels: int[d]) -> codes: float[N,d]")]
    [Domain("levels in [2, inf)")]
    [Domain("indices in [0, levels)")]
    Tensor FsqIndicesToCodes(Tensor indices, Tensor levels) => throw new NotImplementedException();

    /// <summary>The same for a map of indices: the dimensions of a code become its channels.</summary>
    [Operation("fsq_indices_to_codes_map(indices: int[B,H,W], levels: int[d]) -> codes: float[B,d,H,W]")]
    [Domain("levels in [2, inf)")]
    [Domain("indices in [0, levels)")]
    Tensor FsqIndicesToCodesMap(Tensor indices, Tensor levels) => throw new NotImplementedException();
}

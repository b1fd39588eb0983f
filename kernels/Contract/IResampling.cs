namespace LatentConformance.Contract;

/// <summary>Feature maps made larger or smaller without weights. Nothing is computed, so forward answers are exact.</summary>
public interface IResampling
{
    /// <summary>Each value becomes a square of factor by factor: y[c, p, q] = x[c, p div factor, q div factor].</summary>
    [Operation("upsample_nearest(x: float[B,C,H,W], factor: int) -> y: float[B,C,P,Q]")]
    Tensor UpsampleNearest(Tensor x, long factor) => throw new NotImplementedException();

    [Operation("upsample_nearest.vjp(x: float[B,C,H,W], factor: int, d_y: float[B,C,P,Q]) -> d_x: float[B,C,H,W]")]
    Tensor UpsampleNearestVjp(Tensor x, long factor, Tensor dY) => throw new NotImplementedException();

    /// <summary>Channels to positions: y[c, h·r + i, w·r + j] = x[c·r² + i·r + j, h, w].</summary>
    [Operation("pixel_shuffle(x: float[B,C,H,W], factor: int) -> y: float[B,c,P,Q]")]
    Tensor PixelShuffle(Tensor x, long factor) => throw new NotImplementedException();

    [Operation("pixel_shuffle.vjp(x: float[B,C,H,W], factor: int, d_y: float[B,c,P,Q]) -> d_x: float[B,C,H,W]")]
    Tensor PixelShuffleVjp(Tensor x, long factor, Tensor dY) => throw new NotImplementedException();

    /// <summary>Positions to channels, the inverse: y[c·r² + i·r + j, h, w] = x[c, h·r + i, w·r + j].</summary>
    [Operation("pixel_unshuffle(x: float[B,C,H,W], factor: int) -> y: float[B,c,P,Q]")]
    Tensor PixelUnshuffle(Tensor x, long factor) => throw new NotImplementedException();

    [Operation("pixel_unshuffle.vjp(x: float[B,C,H,W], factor: int, d_y: float[B,c,P,Q]) -> d_x: float[B,C,H,W]")]
    Tensor PixelUnshuffleVjp(Tensor x, long factor, Tensor dY) => throw new NotImplementedException();
}

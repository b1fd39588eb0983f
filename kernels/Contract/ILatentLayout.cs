namespace LatentConformance.Contract;

/// <summary>How a latent is handed on: scaled and shifted for the next network, flattened and unflattened in one order.</summary>
public interface ILatentLayout
{
    /// <summary>(z − shift) · scale, what the next network sees; scale and shift are constants of the model.</summary>
    [Operation("latent_scale(z: float[B,C,H,W], scale: float, shift: float) -> latent: float[B,C,H,W]")]
    Tensor LatentScale(Tensor z, double scale, double shift) => throw new NotImplementedException();

    [Operation("latent_scale.vjp(z: float[B,C,H,W], scale: float, shift: float, d_latent: float[B,C,H,W]) -> d_z: float[B,C,H,W]")]
    Tensor LatentScaleVjp(Tensor z, double scale, double shift, Tensor dLatent) => throw new NotImplementedException();

    /// <summary>latent / scale + shift, what the decoder sees.</summary>
    [Operation("latent_unscale(latent: float[B,C,H,W], scale: float, shift: float) -> z: float[B,C,H,W]")]
    Tensor LatentUnscale(Tensor latent, double scale, double shift) => throw new NotImplementedException();

    [Operation("latent_unscale.vjp(latent: float[B,C,H,W], scale: float, shift: float, d_z: float[B,C,H,W]) -> d_latent: float[B,C,H,W]")]
    Tensor LatentUnscaleVjp(Tensor latent, double scale, double shift, Tensor dZ) => throw new NotImplementedException();

    /// <summary>A map as a row: y[(c·H + h)·W + w] = x[c, h, w], the channel slowest.</summary>
    [Operation("flatten_map(x: float[B,C,H,W]) -> y: float[B,E]")]
    Tensor FlattenMap(Tensor x) => throw new NotImplementedException();

    [Operation("flatten_map.vjp(x: float[B,C,H,W], d_y: float[B,E]) -> d_x: float[B,C,H,W]")]
    Tensor FlattenMapVjp(Tensor x, Tensor dY) => throw new NotImplementedException();

    /// <summary>A row as the map it was: x[c, h, w] = y[(c·H + h)·W + w].</summary>
    [Operation("unflatten_map(y: float[B,M], channels: int, height: int, width: int) -> x: float[B,c,P,Q]")]
    Tensor UnflattenMap(Tensor y, long channels, long height, long width) => throw new NotImplementedException();

    [Operation("unflatten_map.vjp(y: float[B,M], channels: int, height: int, width: int, d_x: float[B,c,P,Q]) -> d_y: float[B,M]")]
    Tensor UnflattenMapVjp(Tensor y, long channels, long height, long width, Tensor dX) => throw new NotImplementedException();
}

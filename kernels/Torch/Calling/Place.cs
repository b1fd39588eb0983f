namespace LatentConformance.Torch;

/// <summary>Where tensors live and how wide they are, and their way in and out.</summary>
internal sealed record Place(Device Device, DType DType)
{
    private ScalarType Floating => DType switch
    {
        DType.Float64 => float64,
        DType.BFloat16 => bfloat16,
        DType.Float16 => float16,
        _ => float32,
    };

    public Tensor Take(Contract.Tensor host)
    {
        var shape = new long[host.Rank];
        for (var i = 0; i < shape.Length; i++)
        {
            shape[i] = host.Shape[i];
        }

        return host.DType switch
        {
            DType.Int64 => tensor(host.Int64.ToArray(), shape, dtype: int64, device: Device),
            DType.Float64 => tensor(host.Float64.ToArray(), shape, dtype: Floating, device: Device),
            _ => tensor(host.Float32.ToArray(), shape, dtype: Floating, device: Device),
        };
    }

    public Contract.Tensor Give(Tensor made)
    {
        int[] shape = [.. made.shape.Select(s => (int)s)];
        var flat = made.detach().cpu().reshape(-1);
        return made.is_floating_point() ? DType == DType.Float64
                ? new Contract.Tensor(shape, Values<double>(flat.to(float64)))
                : new Contract.Tensor(shape, Values<float>(flat.to(float32)), DType)
            : new Contract.Tensor(shape, Values<long>(flat.to(int64)));
    }

    /// <summary>
    /// A number that is fetched waits for all that its device was told before. torch.cuda.synchronize waits for the current device,
    /// which is the first and not this one.
    /// </summary>
    public void Wait()
    {
        if (Device.type != DeviceType.CPU)
        {
            using var marker = zeros(1, device: Device);
            using var fetched = marker.cpu();
        }
    }

    private static T[] Values<T>(Tensor flat)
        where T : unmanaged => flat.numel() == 0 ? [] : flat.contiguous().data<T>().ToArray();
}

namespace NSft.Model.Images;

/// <summary>Whose fixed-point arithmetic a bicubic resize follows; results differ by a grey level in about one pixel of a thousand.</summary>
internal enum ResampleArithmetic
{
    /// <summary>PIL: weights of 22 bits.</summary>
    Pillow,

    /// <summary>Torchvision on bytes, as current Hugging Face processors: weights of 16 bits, as many of them fractional as the largest weight allows.</summary>
    Torchvision,
}

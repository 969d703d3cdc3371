using System.Globalization;

namespace TorchSharp;

public static partial class torch
{
    public static readonly Device CPU = new(DeviceType.CPU);
    public static readonly Device META = new(DeviceType.META);

    public static Device CUDA => new(DeviceType.CUDA);

    public static Device device(string description) => new(description);

    public static Device device(DeviceType deviceType, int index = -1) => new(deviceType, index);

    public static Device device(string deviceType, int index = -1) => new(deviceType, index);

    /// <summary>A device's kind and its number; a GPU without a number is number 0.</summary>
    public class Device
    {
        public Device(string description)
            : this(KindOf(description), NumberOf(description))
        {
        }

        public Device(string deviceType, int index = -1)
            : this(KindOf(deviceType), index)
        {
        }

        public Device(DeviceType deviceType, int index = -1)
        {
            type = deviceType;
            this.index = deviceType == DeviceType.CUDA && index < 0 ? 0 : index;
        }

        public DeviceType type { get; }

        public int index { get; }

        /// <summary>Kind and number in the form the shim reads.</summary>
        internal long Bits => ((long)type << 32) | (uint)index;

        public static implicit operator Device(string description) => new(description);

        public override string ToString()
        {
            string kind = type switch
            {
                DeviceType.CPU => "cpu",
                DeviceType.CUDA => "cuda",
                DeviceType.MPS => "mps",
                DeviceType.META => "meta",
                _ => type.ToString(),
            };
            return index < 0 ? kind : string.Create(CultureInfo.InvariantCulture, $"{kind}:{index}");
        }

        internal static Device Of(long bits)
        {
            var kind = (DeviceType)(bits >> 32);
            return kind == DeviceType.CPU ? CPU : new Device(kind, (int)bits);
        }

        private static DeviceType KindOf(string description) => description.Split(':')[0] switch
        {
            "cpu" => DeviceType.CPU,
            "cuda" => DeviceType.CUDA,
            "mps" => DeviceType.MPS,
            "meta" => DeviceType.META,
            _ => throw new ArgumentException($"Invalid device string: '{description}'"),
        };

        private static int NumberOf(string description)
        {
            string[] parts = description.Split(':');
            return parts.Length < 2
                ? -1
                : int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                    ? number
                    : throw new ArgumentException($"Invalid device string: '{description}'");
        }
    }
}

namespace NSft.Data.Parquet.Encodings;

/// <summary>Whole numbers as differences, packed in blocks of miniblocks that each have their own width.</summary>
internal sealed class DeltaDecoder
{
    private const int LargestBlock = 1 << 20;
    private const int WidestBits = 64;

    private readonly ArraySegment<byte> _data;
    private readonly int _miniblocks;
    private readonly int _valuesPerMiniblock;
    private long _left;
    private int _position;
    private long _value;
    private bool _isFirst = true;
    private long _smallestDelta;
    private int _widths;
    private int _miniblock;
    private int _inMiniblock;
    private int _width;
    private long _bit;

    /// <summary>Reads the header.</summary>
    /// <param name="data">The numbers, and perhaps more behind them.</param>
    /// <exception cref="ParquetFormatException">The header is broken.</exception>
    public DeltaDecoder(ArraySegment<byte> data)
    {
        _data = data;
        ulong block = ReadVarint();
        ulong miniblocks = ReadVarint();
        ulong count = ReadVarint();
        _value = ReadZigZag();
        if (block is 0 or > LargestBlock || miniblocks == 0 || miniblocks > block || block % miniblocks != 0 || block / miniblocks % 8 != 0)
        {
            throw new ParquetFormatException("blocks of differences have an impossible size");
        }

        Count = count <= int.MaxValue ? (int)count : throw new ParquetFormatException("there are too many differences");
        _left = Count;
        _miniblocks = (int)miniblocks;
        _valuesPerMiniblock = (int)(block / miniblocks);
        _miniblock = _miniblocks;
        _inMiniblock = _valuesPerMiniblock;
    }

    /// <summary>Numbers in all.</summary>
    public int Count { get; }

    /// <summary>The next number.</summary>
    public long Next()
    {
        if (_left-- <= 0)
        {
            throw ParquetFormatException.End("differences");
        }

        if (_isFirst)
        {
            _isFirst = false;
            return _value;
        }

        if (_inMiniblock == _valuesPerMiniblock)
        {
            NextMiniblock();
        }

        ulong delta = _width == 0 ? 0 : BitReader.Read(_data, _bit, _width);
        delta &= _width == WidestBits ? ulong.MaxValue : (1UL << _width) - 1;
        _bit += _width;
        _inMiniblock++;
        _value = unchecked(_value + _smallestDelta + (long)delta);
        return _value;
    }

    /// <summary>Passes over all numbers that are left without decoding them.</summary>
    /// <returns>Where what follows them starts.</returns>
    public int SkipToEnd()
    {
        if (_isFirst && _left > 0)
        {
            _isFirst = false;
            _left--;
        }

        _left -= Math.Min(_left, _valuesPerMiniblock - _inMiniblock);
        while (_left > 0)
        {
            NextMiniblock();
            _left -= Math.Min(_left, _valuesPerMiniblock);
        }

        return _position;
    }

    private void NextMiniblock()
    {
        if (_miniblock == _miniblocks)
        {
            _smallestDelta = ReadZigZag();
            _widths = _position;
            Advance(_miniblocks);
            _miniblock = 0;
        }

        _width = _data[_widths + _miniblock++];
        if (_width > WidestBits)
        {
            throw new ParquetFormatException("differences are wider than 64 bits");
        }

        _bit = (long)_position * 8;
        _inMiniblock = 0;
        Advance((long)_width * _valuesPerMiniblock / 8);
    }

    private void Advance(long bytes)
    {
        if (bytes > _data.Count - _position)
        {
            throw ParquetFormatException.End("differences");
        }

        _position += (int)bytes;
    }

    private long ReadZigZag()
    {
        ulong value = ReadVarint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    private ulong ReadVarint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 70; shift += 7)
        {
            byte next = _position < _data.Count ? _data[_position++] : throw ParquetFormatException.End("differences");
            value |= (ulong)(next & 127) << shift;
            if (next < 128)
            {
                return value;
            }
        }

        throw new ParquetFormatException("a difference of more than ten bytes");
    }
}

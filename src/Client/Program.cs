Console.Error.WriteLine("nsft");
